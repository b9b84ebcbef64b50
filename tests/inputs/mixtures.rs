//! Mixtures: the quantile function is that of the whole.

use foremix::inputs::Domain;
use foremix::units::Period;

use super::plans::{close, distribution, moments, widened};

#[test]
fn an_atom_and_a_range_make_one_quantile_function() {
    // Q(u) = 0 up to 0.3, then 10 + 20(u − 0.3)/0.7.
    let distribution = distribution(Domain::Amount, "{ mix = [0, { uniform = [10, 30] }], weights = [0.3, 0.7] }");
    for i in 0..20_000 {
        let u = (f64::from(i) + 0.5) / 20_000.0;
        let exact = if u <= 0.3 { 0.0 } else { 10.0 + 20.0 * (u - 0.3) / 0.7 };
        assert!(close(distribution.quantile(u), exact, 1e-9), "{u}: {}", distribution.quantile(u));
    }
    assert!(close(moments(&*distribution)[0], 0.7 * 20.0, 1e-5));
}

#[test]
fn a_gap_between_two_ranges_is_jumped() {
    let distribution = distribution(Domain::Number, "{ mix = [{ uniform = [-1, 0] }, { uniform = [2, 3] }] }");
    for i in 0..20_000 {
        let u = (f64::from(i) + 0.5) / 20_000.0;
        let exact = if u < 0.5 { 2.0 * u - 1.0 } else { 1.0 + 2.0 * u };
        assert!(close(distribution.quantile(u), exact, 1e-9), "{u}");
    }
}

#[test]
fn an_atom_amid_a_range_has_its_share_to_the_last_bit() {
    // 0.4 of the draws are 3; below it 0.6·(3 − 2)/(4 − 2) = 0.3 of them.
    let distribution = distribution(Domain::Amount, "{ mix = [3, { uniform = [2, 4] }], weights = [2, 3] }");
    let count = (0..100_000).filter(|&i| distribution.quantile((f64::from(i) + 0.5) / 1e5) == 3.0).count();
    assert!((count as f64 - 40_000.0).abs() < 2.0, "{count}");
    assert_eq!(distribution.quantile(0.3 + 1e-6), 3.0);
    assert!(distribution.quantile(0.3 - 1e-6) < 3.0 && distribution.quantile(0.7 + 1e-6) > 3.0);
}

#[test]
fn two_lognormals_are_inverted_to_nine_digits_in_the_middle_and_in_the_tails() {
    let mixture = distribution(Domain::Amount, "{ mix = [\"2 to 8\", \"5 to 90\"], weights = [0.8, 0.2] }");
    let parts = [(distribution(Domain::Amount, "\"2 to 8\""), 0.8), (distribution(Domain::Amount, "\"5 to 90\""), 0.2)];
    let share = |x: f64| -> [f64; 2] {
        let sum = |side: fn(&foremix::inputs::Shares) -> f64| {
            parts.iter().map(|(distribution, weight)| weight * side(&distribution.shares(x))).sum()
        };
        [sum(|shares| shares.below), sum(|shares| shares.above)]
    };
    let middle = (0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0);
    for u in middle.chain([1e-15, 1e-12, 1e-6, 1.0 - 1e-6, 1.0 - 1e-9]) {
        let (mut low, mut high) = (1e-6_f64, 1e6_f64);
        for _ in 0..200 {
            let x = (low * high).sqrt();
            let [below, above] = share(x);
            let reached = if u < 0.5 { below >= u } else { above <= 1.0 - u };
            if reached { high = x } else { low = x }
        }
        assert!(close(mixture.quantile(u), high, 1e-9), "{u}: {} is not {high}", mixture.quantile(u));
    }
}

#[test]
fn parts_have_their_own_periods_and_are_widened_on_their_own() {
    let mix = "{ mix = [\"20% to 34% a year\", \"1% a month\"], weights = [1, 3]";
    let distribution = |more: &str| super::plans::distribution(Domain::Fraction, &format!("{mix}{more} }}"));
    let (whole, cut) = (distribution(""), distribution(", max = \"3% a month\""));
    let [month, most] = [0.01, 0.03].map(|share| Period::Month.fraction_a_week(share));
    let yearly = super::plans::distribution(Domain::Fraction, "\"20% to 34% a year\"");
    // 1% a month is less than 20% a year: three quarters of the draws come first.
    assert!(close(whole.quantile(0.5), month, 1e-12));
    assert!(close(whole.quantile(0.75 + 0.25 * 0.05), yearly.quantile(0.05), 1e-9));
    assert!(close(cut.quantile(1.0 - 1e-9), most, 1e-6));
    let rest = 0.75 + 0.25 * yearly.shares(most).below;
    assert!(close(cut.shares(month).at, 0.75 / rest, 1e-9));
    let at = |widen| widened(Domain::Number, "{ mix = [\"-3 to 3\", { uniform = [8, 9] }] }", widen).quantile(0.025);
    assert!(close(at(2.0), 2.0 * at(1.0), 1e-9));
}
