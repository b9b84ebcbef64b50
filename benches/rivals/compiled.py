"""The bench plan as a plain loop, compiled by Numba; random numbers from xoshiro256++ (Blackman and Vigna)."""

import math

import numpy as np
from numba import njit, uint64

from plan import CHANNELS


def simulate(plan, draws, seed):
    """The figures of each draw, in the order of `plan.FIGURES`, and revenue by week."""
    scales = np.array([scale_of(figure) for figure in plan.uncertain()])
    letters = plan["channels.letters.budget"] / plan.weeks // plan["channels.letters.cost_per_insertion"]
    certain = np.array(
        [
            *(plan[f"channels.{name}.budget"] / plan.weeks for name in CHANNELS[:2]),
            *(plan[f"channels.{name}.clicks_available"] for name in CHANNELS[:2]),
            letters * plan["channels.letters.circulation"],
            2 ** (-1 / plan["channels.letters.half_life"]),
            plan["market.volatility"],
            plan["market.persistence"],
            plan["sales.reps.team.count"] * plan["sales.hours_per_week"],
            plan["sales.hours_per_lead"],
            plan["sales.hours_per_opportunity"],
            2 ** (-1 / plan["sales.lead_half_life"]),
            math.sqrt(math.log1p(plan["sales.cycle_cv"] ** 2)),
            math.sqrt(math.log1p(plan["deals.value_cv"] ** 2)),
            plan.tail_load,
        ]
    )
    return run(plan.weeks, plan.tail, certain, scales, plan.variation(), draws, seed_state(seed))


def scale_of(figure):
    scale = (lambda x: math.log(x / (1 - x))) if figure.share else math.log
    low, high = scale(figure.low), scale(figure.high)
    return (low + high) / 2, (high - low) / (2 * 1.6448536269514722), float(figure.share)


def seed_state(seed):
    return np.random.SeedSequence(seed).generate_state(4, np.uint64)


@njit(inline="always")
def rotate(x, k):
    return (x << uint64(k)) | (x >> uint64(64 - k))


@njit(inline="always")
def uniform(s):
    bits = rotate(s[0] + s[3], 23) + s[0]
    t = s[1] << uint64(17)
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 45)
    return (float(bits >> uint64(12)) + 0.5) * 2.0**-52


@njit(inline="always")
def normal(s, spare):
    """Marsaglia's polar method: two at a time, the second kept in `spare`."""
    if spare[1] == 1.0:
        spare[1] = 0.0
        return spare[0]
    while True:
        x, y = 2.0 * uniform(s) - 1.0, 2.0 * uniform(s) - 1.0
        r = x * x + y * y
        if 0.0 < r < 1.0:
            break
    scale = math.sqrt(-2.0 * math.log(r) / r)
    spare[0], spare[1] = y * scale, 1.0
    return x * scale


@njit
def poisson(mean, s):
    """By inversion below 10, above by Hörmann's transformed rejection (PTRS), as NumPy does."""
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        u, k, term = uniform(s), 0, math.exp(-mean)
        while u > term and k < 200:
            u -= term
            k += 1
            term *= mean / k
        return k
    log_mean, b = math.log(mean), 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse, v_r = 1.1239 + 1.1328 / (b - 3.4), 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u, v = uniform(s) - 0.5, uniform(s)
        us = 0.5 - abs(u)
        k = math.floor((2.0 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= v_r:
            return int(k)
        if k < 0.0 or (us < 0.013 and v > us):
            continue
        if math.log(v) + math.log(inverse) - math.log(a / (us * us) + b) <= k * log_mean - mean - math.lgamma(k + 1.0):
            return int(k)


@njit
def binomial(n, p, s):
    """By inversion: the numbers of this plan are small."""
    if n == 0 or p <= 0.0:
        return 0
    if p > 0.5:
        return n - binomial(n, 1.0 - p, s)
    u, k, odds = uniform(s), 0, p / (1.0 - p)
    term = math.exp(n * math.log1p(-p))
    while u > term and k < n:
        u -= term
        k += 1
        term *= odds * (n - k + 1) / k
    return k


@njit
def work(group, begun, worked, effort, left):
    """One group of leads; gives the hours left, or -1 where they did not cover it."""
    wanted, short = 0.0, 0.0
    for c in range(4):
        if group[c] > 0:
            remaining = group[c] * effort - begun[c]
            wanted += remaining
            short += max(remaining, 0.0)
    covered = left >= wanted - 1e-9 * max(1.0, wanted)
    for c in range(4):
        if group[c] == 0:
            continue
        if covered:
            worked[c] += group[c]
            begun[c] = 0.0
            continue
        spent = left * max(group[c] * effort - begun[c], 0.0) / short + begun[c]
        done = min(int(math.floor(spent / effort + 1e-9)), group[c])
        worked[c] += done
        begun[c] = max(spent - done * effort, 0.0)
    return max(left - wanted, 0.0) if covered else -1.0


@njit
def run(horizon, tail, certain, scales, noise_sd, draws, s):
    (money_1, money_2, clicks_1, clicks_2, circulation, left_over, volatility, persistence, team, for_lead,
     for_opportunity, stay, cycle_sd, value_sd, tail_load) = certain
    weeks = horizon + tail
    figures, weekly = np.zeros((8, draws)), np.zeros((weeks, draws))
    drawn, spare, mean, begun = np.zeros(len(scales)), np.zeros(2), np.zeros(4), np.zeros(4)
    fresh, waiting, worked = np.zeros(4, np.int64), np.zeros(4, np.int64), np.zeros(4, np.int64)
    money, clicks = (money_1, money_2), (clicks_1, clicks_2)
    step = volatility * math.sqrt(1.0 - persistence * persistence)
    for draw in range(draws):
        for i in range(len(scales)):
            y = scales[i, 0] + scales[i, 1] * normal(s, spare)
            drawn[i] = 1.0 / (1.0 + math.exp(-y)) if scales[i, 2] > 0.0 else math.exp(y)
        hours_a_week, opportunity, close = team * drawn[10], drawn[11], drawn[12]
        cycle_mean = math.log(drawn[13]) - cycle_sd * cycle_sd / 2.0
        value_mean = math.log(drawn[14]) - value_sd * value_sd / 2.0
        effort = for_lead + opportunity * for_opportunity
        among_lost = opportunity * (1.0 - close) / (1.0 - opportunity * close)
        pool, carried, market = 0.0, 0.0, volatility * normal(s, spare)
        for c in range(4):
            waiting[c], begun[c] = 0, 0.0
        for week in range(weeks):
            inside = week < horizon
            if week > 0:
                market = persistence * market + step * normal(s, spare)
            demand = math.exp(market - volatility * volatility / 2.0)
            mean[0], mean[1], mean[3] = 0.0, 0.0, 0.0
            if inside:
                for c in range(2):
                    available = clicks[c] * demand
                    share = min(-math.expm1(-money[c] / (available * drawn[2 * c])), 0.95)
                    mean[c] = available * share * drawn[2 * c + 1]
                mean[3] = drawn[5] * demand
                pool += circulation * drawn[4]
            mean[2] = pool * (1.0 - left_over) * demand
            pool *= left_over
            for c in range(4):
                fresh[c], worked[c] = 0, 0
                if mean[c] <= 0.0:
                    continue
                if noise_sd[c] > 0.0:
                    mean[c] *= math.exp(noise_sd[c] * normal(s, spare) - noise_sd[c] * noise_sd[c] / 2.0)
                fresh[c] = poisson(mean[c] * drawn[6 + c], s)
                rejected = poisson(mean[c] * (1.0 - drawn[6 + c]), s)
                if inside:
                    figures[0, draw] += fresh[c] + rejected
                    figures[1, draw] += fresh[c]
            hours = hours_a_week if inside else hours_a_week * (1.0 - tail_load)
            left = work(fresh, begun, worked, effort, hours + carried)
            if left >= 0.0:
                left = work(waiting, begun, worked, effort, left)
            used = hours + carried - max(left, 0.0)
            carried, backlog = 0.0, 0
            for c in range(4):
                won = binomial(worked[c], opportunity * close, s)
                if inside and worked[c] > won:
                    figures[2, draw] += won + binomial(worked[c] - won, among_lost, s)
                elif inside:
                    figures[2, draw] += won
                waiting[c] = binomial(fresh[c] + waiting[c] - worked[c], stay, s)
                backlog += waiting[c]
                if waiting[c] == 0:
                    carried += begun[c]
                    begun[c] = 0.0
                for _ in range(won):
                    closes = week + int(math.floor(math.exp(cycle_mean + cycle_sd * normal(s, spare)) + 0.5))
                    worth = math.exp(value_mean + value_sd * normal(s, spare))
                    if closes < weeks:
                        weekly[closes, draw] += worth
                    if closes < horizon:
                        figures[3, draw] += 1.0
                        figures[4, draw] += worth
                    elif inside:
                        figures[5, draw] += worth
            if inside:
                figures[6, draw] += used / (hours_a_week * horizon)
                figures[7, draw] = backlog
    return figures, weekly
