//! Each spelling against its closed form.

use foremix::inputs::{Domain, Written};
use foremix::units::Period;

use super::plans::{close, distribution, moments, read, widened};

#[test]
fn the_ends_of_a_range_are_its_5th_and_95th_percentile() {
    for (domain, spelling, low, high) in [
        (Domain::Amount, "\"2.5 to 4.5\"", 2.5, 4.5),
        (Domain::Amount, "\"120 to 1.2k\"", 120.0, 1200.0),
        (Domain::Fraction, "\"2% to 5%\"", 0.02, 0.05),
        (Domain::Number, "\"-3 to 5\"", -3.0, 5.0),
    ] {
        let distribution = distribution(domain, spelling);
        assert!(close(distribution.quantile(0.05), low, 1e-12), "{spelling}");
        assert!(close(distribution.quantile(0.95), high, 1e-12), "{spelling}");
    }
}

#[test]
fn three_percentiles_are_met_and_a_side_without_spread_is_one_value() {
    let skewed = distribution(Domain::Amount, "{ p10 = 2, p50 = 3, p90 = 6 }");
    for (u, exact) in [(0.1, 2.0), (0.5, 3.0), (0.9, 6.0)] {
        assert!(close(skewed.quantile(u), exact, 1e-12));
    }
    let floored = distribution(Domain::Fraction, "{ p10 = \"3%\", p50 = \"3%\", p90 = \"6%\" }");
    assert_eq!(floored.quantile(0.2), 0.03);
    assert_eq!(floored.shares(0.03).at, 0.5);
    assert!(close(floored.quantile(0.9), 0.06, 1e-12));
}

/// mean (a + 4m + b)/6, variance (mean − a)(b − mean)/7
#[test]
fn pert_has_the_mean_and_variance_it_is_known_for() {
    for (low, likely, high) in [(2.0, 3.0, 6.0), (0.0, 0.0, 10.0), (1.0, 5.0, 5.0)] {
        let spelling = format!("{{ low = {low}, likely = {likely}, high = {high} }}");
        let distribution = distribution(Domain::Amount, &spelling);
        let [mean, variance] = moments(&*distribution);
        let exact = (low + 4.0 * likely + high) / 6.0;
        assert!(close(mean, exact, 1e-6), "{spelling}: {mean}");
        let exact = (exact - low) * (high - exact) / 7.0;
        assert!(close(variance, exact, 1e-5), "{spelling}: {variance}");
        assert!(distribution.quantile(1e-15) >= low && distribution.quantile(1.0 - 1e-15) <= high);
    }
    // Shapes 1 and 5 have a closed form: Q = high·(1 − (1 − u)^(1/5)).
    let falling = distribution(Domain::Amount, "{ low = 0, likely = 0, high = 10 }");
    for u in [1e-12_f64, 1e-3, 0.3, 0.999, 1.0 - 1e-12] {
        let exact = -10.0 * ((-u).ln_1p() / 5.0).exp_m1();
        assert!(close(falling.quantile(u), exact, 1e-9), "{u}");
    }
}

#[test]
fn mean_and_sd_are_what_was_written() {
    for (domain, mean, sd) in [
        (Domain::Amount, 3.0, 1.0),
        (Domain::Fraction, 0.3, 0.1),
        (Domain::Fraction, 0.02, 0.03),
        (Domain::Fraction, 0.999, 0.01),
        (Domain::Fraction, 0.3, 0.00001),
        (Domain::Number, -1.0, 2.0),
    ] {
        let distribution = distribution(domain, &format!("{{ mean = {mean}, sd = {sd} }}"));
        let [found, variance] = moments(&*distribution);
        assert!(close(found, mean, 1e-4), "{domain:?}: {found}");
        assert!(close(variance, sd * sd, 1e-3), "{domain:?}: {variance}");
    }
}

#[test]
fn uniform_and_triangular_have_their_quantiles_and_moments() {
    let flat = distribution(Domain::Number, "{ uniform = [-2, 1_000] }");
    assert!(close(flat.quantile(0.25), 248.5, 1e-14));
    for [a, m, b] in [[2.0, 3.0, 6.0], [1.0, 1.0, 2.0], [0.0, 4.0, 4.0]] {
        let distribution = distribution(Domain::Amount, &format!("{{ triangular = [{a}, {m}, {b}] }}"));
        let [mean, variance] = moments(&*distribution);
        assert!(close(mean, (a + m + b) / 3.0, 1e-6));
        let exact = (a * a + m * m + b * b - a * m - a * b - m * b) / 18.0;
        assert!(close(variance, exact, 1e-5));
        // F(m) = (m − a)/(b − a)
        let share = (m - a) / (b - a);
        if share > 0.0 && share < 1.0 {
            assert!(close(distribution.quantile(share), m, 1e-12));
        }
    }
}

#[test]
fn values_ascend_in_u_each_with_its_weight() {
    let distribution = distribution(Domain::Amount, "{ values = [5, \"1k\", 2], weights = [0.3, 0.2, 0.5] }");
    for (u, exact) in [(0.2, 2.0), (0.49, 2.0), (0.51, 5.0), (0.79, 5.0), (0.81, 1000.0)] {
        assert_eq!(distribution.quantile(u), exact);
    }
    assert!(close(distribution.shares(5.0).at, 0.3, 1e-12));
    let even = super::plans::distribution(Domain::Amount, "{ values = [3, 1] }");
    assert_eq!([even.quantile(0.4), even.quantile(0.6)], [1.0, 3.0]);
}

#[test]
fn equal_ends_are_certain() {
    for spelling in [
        "\"3 to 3\"",
        "{ p10 = 3, p50 = 3, p90 = 3 }",
        "{ low = 3, likely = 3, high = 3 }",
        "{ mean = 3, sd = 0 }",
        "{ uniform = [3, 3] }",
        "{ triangular = [3, 3, 3], min = 2 }",
        "{ values = [3, 4], weights = [1, 0] }",
        "{ mix = [3, { uniform = [3, 3] }] }",
        "{ values = [1, 3, 5], min = 3, max = 3 }",
    ] {
        let written = read(Domain::Amount, spelling, 1.0);
        assert!(matches!(written, Ok(Written::Certain(3.0))), "{spelling}: {written:?}");
    }
}

#[test]
fn a_cut_leaves_the_part_between_its_ends_and_keeps_their_atoms() {
    let cut = distribution(Domain::Amount, "{ uniform = [0, 10], min = 2, max = 4 }");
    assert!(close(cut.quantile(0.25), 2.5, 1e-12));
    // Of a lognormal: Q'(u) = Q(F(min) + u(F(max) − F(min))).
    let (whole, cut) = (
        distribution(Domain::Amount, "\"2 to 8\""),
        distribution(Domain::Amount, "{ mix = [\"2 to 8\"], min = 3, max = \"0.006k\" }"),
    );
    let (low, high) = (whole.shares(3.0).below, whole.shares(6.0).below);
    for u in [1e-9, 0.2, 0.7, 1.0 - 1e-9] {
        let exact = whole.quantile(low + u * (high - low));
        assert!(close(cut.quantile(u), exact, 1e-9), "{u}");
    }
    let values = distribution(Domain::Amount, "{ values = [1, 2, 3, 4], min = 2, max = 3 }");
    assert_eq!([values.quantile(0.49), values.quantile(0.51)], [2.0, 3.0]);
    assert_eq!(values.shares(2.0).at, 0.5);
    let atom = distribution(Domain::Amount, "{ p10 = 3, p50 = 3, p90 = 6, min = 3 }");
    assert_eq!(atom.quantile(0.4), 3.0);
}

#[test]
fn widening_stretches_what_is_stated_by_percentiles_and_nothing_else() {
    let stretch = |spelling: &str, u: f64| {
        let at = |widen: f64| widened(Domain::Number, spelling, widen).quantile(u);
        at(2.0) / at(1.0)
    };
    assert!(close(stretch("\"-3 to 3\"", 0.95), 2.0, 1e-12));
    assert!(close(stretch("{ p10 = -1, p50 = 0, p90 = 4 }", 0.9), 2.0, 1e-12));
    for spelling in ["{ low = -1, likely = 0, high = 4 }", "{ mean = 1, sd = 2 }"] {
        assert_eq!(stretch(spelling, 0.9), 1.0);
    }
    // First widened, then cut: both halves of the mixture lie in −4 … 4 then.
    let cut = widened(Domain::Number, "{ mix = [\"-3 to 3\"], min = -4, max = 4 }", 2.0);
    let whole = widened(Domain::Number, "\"-3 to 3\"", 2.0);
    let (low, high) = (whole.shares(-4.0).below, whole.shares(4.0).below);
    assert!(close(cut.quantile(0.9), whole.quantile(low + 0.9 * (high - low)), 1e-9));
}

#[test]
fn a_period_holds_for_all_numbers_of_an_input() {
    let yearly = distribution(Domain::Fraction, "{ uniform = [\"20% a year\", \"30% a year\"], min = \"24% a year\" }");
    assert!(close(yearly.quantile(0.5), Period::Year.fraction_a_week(0.27), 1e-12));
    let monthly = distribution(Domain::Amount, "{ p10 = \"2 a month\", p50 = \"3 a month\", p90 = \"6 a month\" }");
    assert!(close(monthly.quantile(0.9), Period::Month.amount_a_week(6.0), 1e-12));
}

/// Below Q(u) lies at most u, at or below it at least u; and the three shares are all.
#[test]
fn quantiles_and_shares_are_of_one_distribution() {
    for (domain, spelling) in [
        (Domain::Amount, "\"2.5 to 4.5\""),
        (Domain::Fraction, "{ p10 = 0.1, p50 = 0.1, p90 = 0.3 }"),
        (Domain::Number, "{ low = -3, likely = -1, high = 6 }"),
        (Domain::Fraction, "{ mean = 0.2, sd = 0.3 }"),
        (Domain::Amount, "{ uniform = [2, 4], max = 3 }"),
        (Domain::Amount, "{ triangular = [2, 3, 4], min = 2.5 }"),
        (Domain::Amount, "{ values = [1, 2, 2, 5] }"),
        (Domain::Fraction, "\"3% to 20% a month\""),
        (Domain::Number, "{ mix = [0, \"-1 to 4\", { uniform = [7, 9] }], min = -2 }"),
    ] {
        let distribution = distribution(domain, spelling);
        for i in 0..1000 {
            let u = (f64::from(i) + 0.5) / 1000.0;
            let shares = distribution.shares(distribution.quantile(u));
            let whole = shares.below + shares.at + shares.above;
            assert!(close(whole, 1.0, 1e-12), "{spelling} at {u}: {shares:?}");
            assert!(shares.below <= u + 1e-9, "{spelling} at {u}: {shares:?}");
            assert!(shares.below + shares.at >= u - 1e-9, "{spelling} at {u}: {shares:?}");
        }
    }
}

#[test]
fn any_two_percentiles_are_met_and_so_are_three_around_the_median() {
    for (domain, spelling, points) in [
        (Domain::Amount, "{ p5 = 2, p95 = 6 }", vec![(0.05, 2.0), (0.95, 6.0)]),
        (Domain::Amount, "{ p20 = 2, p70 = 5 }", vec![(0.2, 2.0), (0.7, 5.0)]),
        (Domain::Amount, "{ p50 = 3, p99 = 9 }", vec![(0.5, 3.0), (0.99, 9.0)]),
        (Domain::Fraction, "{ p1 = \"2%\", p90 = \"40%\" }", vec![(0.01, 0.02), (0.9, 0.4)]),
        (Domain::Number, "{ p25 = -3, p75 = 5 }", vec![(0.25, -3.0), (0.75, 5.0)]),
        (Domain::Amount, "{ p20 = 2, p50 = 3, p80 = 6 }", vec![(0.2, 2.0), (0.5, 3.0), (0.8, 6.0)]),
        (Domain::Fraction, "{ p5 = 0.1, p50 = 0.3, p75 = 0.4 }", vec![(0.05, 0.1), (0.5, 0.3), (0.75, 0.4)]),
    ] {
        let distribution = distribution(domain, spelling);
        for (share, value) in points {
            let found = distribution.quantile(share);
            assert!((found - value).abs() < 1e-9 * value.abs().max(1.0), "{spelling} at {share}: {found}");
        }
    }
    let (short, long) =
        (distribution(Domain::Amount, "\"2 to 6\""), distribution(Domain::Amount, "{ p5 = 2, p95 = 6 }"));
    assert!([0.01, 0.3, 0.9].iter().all(|&u| short.quantile(u) == long.quantile(u)));
    // Widening multiplies z around the median, wherever the two percentiles are.
    let (plain, wide) =
        (distribution(Domain::Number, "{ p20 = 2, p70 = 5 }"), widened(Domain::Number, "{ p20 = 2, p70 = 5 }", 2.0));
    let median = plain.quantile(0.5);
    assert!((wide.quantile(0.5) - median).abs() < 1e-12);
    assert!((wide.quantile(0.9) - median - 2.0 * (plain.quantile(0.9) - median)).abs() < 1e-9);
    for wrong in [
        "{ p50 = 3 }",
        "{ p10 = 1, p20 = 2, p90 = 3 }",
        "{ p50 = 1, p60 = 2, p90 = 3 }",
        "{ p10 = 1, p100 = 2 }",
        "{ p5 = 6, p95 = 2 }",
    ] {
        assert!(read(Domain::Amount, wrong, 1.0).is_err(), "{wrong}");
    }
}

/// Quantiles of Beta(k + ½, n − k + ½), at 5 %, 50 % and 95 %, as scipy 1.x gives them (`stats.beta.ppf`).
#[test]
fn so_many_of_so_many_is_a_beta_by_jeffreys() {
    for (spelling, exact) in [
        ("\"18 of 80\"", [0.15609798640260844, 0.22615151264659586, 0.3083586177702414]),
        ("\"0 of 12\"", [0.0001604492086230061, 0.018393128764648815, 0.14505651819287652]),
        ("\"7 of 7\"", [0.7675352183871442, 0.9691329086728979, 0.9997290155680623]),
        ("\"40k of 900_000\"", [0.04408821752321906, 0.044444613169196075, 0.0448028347733693]),
    ] {
        // People do not misjudge what they have counted: nothing is widened.
        let counted = widened(Domain::Fraction, spelling, 2.0);
        for (u, exact) in [0.05, 0.5, 0.95].into_iter().zip(exact) {
            assert!(close(counted.quantile(u), exact, 1e-7), "{spelling} at {u}: {}", counted.quantile(u));
        }
        assert!((counted.shares(exact[1]).below - 0.5).abs() < 1e-6, "{spelling}");
    }
    let [mean, variance] = moments(&*distribution(Domain::Fraction, "\"18 of 80\""));
    // mean a/(a + b), variance ab/((a + b)²(a + b + 1))
    assert!(close(mean, 18.5 / 81.0, 1e-6) && close(variance, 18.5 * 62.5 / (81.0 * 81.0 * 82.0), 1e-4));
    // A share lost in a quarter, by the week.
    let lost = distribution(Domain::Fraction, "\"18 of 80 a quarter\"");
    assert!(close(lost.quantile(0.5), Period::Quarter.fraction_a_week(0.22615151264659586), 1e-8));
}

/// Quantiles of Gamma(k + ½)/weeks, as scipy 1.x gives them (`stats.gamma.ppf`); a month has 365.2425/84 weeks.
#[test]
fn so_many_in_a_time_is_a_gamma_a_week() {
    for (spelling, exact) in [
        ("\"412 in 13 weeks\"", [29.205458779399528, 31.705131891948255, 34.34353197316004]),
        ("\"0 in 28 days\"", [0.0004915175000024403, 0.0568670528899465, 0.4801823525867655]),
        ("\"3 in a month\"", [0.24922810513704835, 0.7297181193642678, 1.6176099409906761]),
        ("\"3 in 1 month\"", [0.24922810513704835, 0.7297181193642678, 1.6176099409906761]),
        ("\"60_000 in 13 weeks\"", [4584.47403288, 4615.39743592, 4646.45958465]),
    ] {
        let counted = widened(Domain::Amount, spelling, 2.0);
        for (u, exact) in [0.05, 0.5, 0.95].into_iter().zip(exact) {
            assert!(close(counted.quantile(u), exact, 1e-7), "{spelling} at {u}: {}", counted.quantile(u));
        }
    }
    let [mean, variance] = moments(&*distribution(Domain::Amount, "\"412 in 13 weeks\""));
    assert!(close(mean, 412.5 / 13.0, 1e-6) && close(variance, 412.5 / 169.0, 1e-4));
}

#[test]
fn what_was_not_counted_so_is_refused() {
    for (domain, spelling, meant) in [
        (Domain::Fraction, "\"95 of 80\"", "\"80 of 95\""),
        (Domain::Fraction, "\"18/80\"", "\"18 of 80\""),
        (Domain::Fraction, "\"1.200 of 6.000\"", "\"1200 of 6000\""),
        (Domain::Amount, "\"412 per 13 weeks\"", "\"412 in 13 weeks\""),
    ] {
        let faults = read(domain, spelling, 1.0).expect_err(spelling);
        let told: Vec<&str> = faults[0].remedies.iter().map(|remedy| remedy.text.as_str()).collect();
        assert_eq!(told, [meant], "{spelling}: {faults:?}");
    }
    for (domain, spelling) in [
        (Domain::Fraction, "\"0 of 0\""),
        (Domain::Fraction, "\"1.5 of 8\""),
        (Domain::Fraction, "\"-1 of 8\""),
        (Domain::Fraction, "\"18 in 13 weeks\""),
        (Domain::Fraction, "\"18% of 80\""),
        (Domain::Amount, "\"18 of 80\""),
        (Domain::Amount, "\"12 in 0 weeks\""),
        (Domain::Amount, "\"12 in 13 apples\""),
        (Domain::Number, "\"12 in 13 weeks\""),
    ] {
        assert!(read(domain, spelling, 1.0).is_err(), "{spelling}");
    }
}
