"""The bench plan in NumPy: every step of a week over all draws of a chunk at once."""

import numpy as np

from plan import CHANNELS

CHUNK = 4096


def simulate(plan, draws, seed):
    """The figures of each draw, in the order of `plan.FIGURES`, and revenue by week."""
    rng = np.random.Generator(np.random.SFC64(seed))
    parts = [chunk(plan, min(CHUNK, draws - start), rng) for start in range(0, draws, CHUNK)]
    return np.concatenate([figures for figures, _ in parts], axis=1), np.concatenate([weekly for _, weekly in parts], 1)


def chunk(plan, n, rng):
    all_weeks = plan.weeks + plan.tail
    drawn = [figure.of(rng.standard_normal(n)) for figure in plan.uncertain()]
    click, visit = np.array([drawn[0], drawn[2]]), np.array([drawn[1], drawn[3]])
    response, walk_in, qualified = drawn[4], drawn[5], np.array(drawn[6:10])
    selling, opportunity, close, cycle, value = drawn[10:]

    hours_a_week = plan["sales.reps.team.count"] * plan["sales.hours_per_week"] * selling
    effort = plan["sales.hours_per_lead"] + opportunity * plan["sales.hours_per_opportunity"]
    stay = 2 ** (-1 / plan["sales.lead_half_life"])
    cycle_sd = np.sqrt(np.log1p(plan["sales.cycle_cv"] ** 2))
    value_sd = np.sqrt(np.log1p(plan["deals.value_cv"] ** 2))
    clicks = np.array([[plan[f"channels.{name}.clicks_available"]] for name in CHANNELS[:2]])
    money = np.array([[plan[f"channels.{name}.budget"] / plan.weeks] for name in CHANNELS[:2]])
    letters = plan["channels.letters.budget"] / plan.weeks // plan["channels.letters.cost_per_insertion"]
    left = 2 ** (-1 / plan["channels.letters.half_life"])
    volatility, persistence = plan["market.volatility"], plan["market.persistence"]
    noise_sd = plan.variation()[:, None]

    pool = np.zeros(n)
    waiting = np.zeros((4, n), dtype=np.int64)
    begun = np.zeros((4, n))
    carried = np.zeros(n)
    market = volatility * rng.standard_normal(n)
    leads_all, passed_on, opportunities, hours_used = (np.zeros(n) for _ in range(4))
    wins, revenue = np.zeros((all_weeks, n)), np.zeros((all_weeks, n))
    closing_later, backlog_end = np.zeros(n), np.zeros(n)
    for week in range(all_weeks):
        inside = week < plan.weeks
        if week > 0:
            market = persistence * market + volatility * np.sqrt(1 - persistence**2) * rng.standard_normal(n)
        demand = np.exp(market - volatility**2 / 2)
        mean = np.zeros((4, n))
        if inside:
            available = clicks * demand
            bought = available * -np.expm1(-money / (available * click))
            mean[:2] = np.minimum(bought, 0.95 * available) * visit
            mean[3] = walk_in * demand
            pool += letters * plan["channels.letters.circulation"] * response
        mean[2] = pool * (1 - left) * demand
        pool *= left
        mean[:3] *= np.exp(noise_sd[:3] * rng.standard_normal((3, n)) - noise_sd[:3] ** 2 / 2)
        fresh = rng.poisson(mean * qualified)
        rejected = rng.poisson(mean * (1 - qualified))

        hours = hours_a_week if inside else hours_a_week * (1 - plan.tail_load)
        worked, begun, perished = work(fresh, waiting, begun, effort, hours + carried)
        used = hours + carried - perished
        won = rng.binomial(worked, opportunity * close)
        tried = won + rng.binomial(worked - won, opportunity * (1 - close) / (1 - opportunity * close))
        waiting = rng.binomial(fresh + waiting - worked, stay)
        gone = waiting == 0
        carried = np.where(gone, begun, 0.0).sum(0)
        begun[gone] = 0.0

        draw = np.repeat(np.arange(n), won.sum(0))
        z = rng.standard_normal((2, len(draw)))
        weeks = np.floor(np.exp(np.log(cycle[draw]) - cycle_sd**2 / 2 + cycle_sd * z[0]) + 0.5).astype(np.int64)
        worth = value[draw] * np.exp(value_sd * z[1] - value_sd**2 / 2)
        closes = week + weeks
        due = closes < all_weeks
        place = closes[due] * n + draw[due]
        wins += np.bincount(place, minlength=all_weeks * n).reshape(all_weeks, n)
        revenue += np.bincount(place, worth[due], minlength=all_weeks * n).reshape(all_weeks, n)
        if inside:
            leads_all += (fresh + rejected).sum(0)
            passed_on += fresh.sum(0)
            opportunities += tried.sum(0)
            hours_used += used
            later = closes >= plan.weeks
            closing_later += np.bincount(draw[later], worth[later], minlength=n)
            backlog_end = waiting.sum(0)
    inside = slice(0, plan.weeks)
    figures = [leads_all, passed_on, opportunities, wins[inside].sum(0), revenue[inside].sum(0), closing_later,
               hours_used / (hours_a_week * plan.weeks), backlog_end]
    return np.array(figures), revenue


def work(fresh, waiting, begun, effort, hours):
    """Newest first: hours cover all fresh leads, then all waiting ones; what covers only part is shared by work left."""
    worked = np.zeros_like(fresh)
    left, going = hours.copy(), np.ones(hours.shape, dtype=bool)
    begun = begun.copy()
    for group in (fresh, waiting):
        remaining = np.where(group > 0, group * effort - begun, 0.0)
        wanted, short = remaining.sum(0), np.maximum(remaining, 0.0).sum(0)
        covered = left >= wanted - 1e-9 * np.maximum(1.0, wanted)
        whole = going & covered & (group > 0)
        part = going & ~covered & (group > 0)
        spent = left * np.maximum(remaining, 0.0) / np.where(short > 0, short, 1.0) + begun
        done = np.minimum(np.floor(spent / effort + 1e-9), group)
        worked += np.where(whole, group, np.where(part, done, 0)).astype(np.int64)
        begun = np.where(whole, 0.0, np.where(part, np.maximum(spent - done * effort, 0.0), begun))
        left = np.where(going & covered, np.maximum(left - wanted, 0.0), np.where(going, 0.0, left))
        going &= covered
    return worked, begun, left
