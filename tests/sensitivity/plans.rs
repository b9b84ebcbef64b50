//! Whole plans whose shares follow from their distributions.

use foremix::analysis::sensitivity::{Factor, Sensitivity, SensitivitySpec, rests_on, sensitivity};
use foremix::analysis::{Contender, Estimate};
use foremix::engine::{Unwatched, forecast};
use foremix::model::outcomes::OutcomeId;
use foremix::random::normal_share;
use foremix::scenario::RawPlan;

use crate::is;

/// Leads that buy at once, of two inputs, and nothing else that varies but luck.
fn plan(leads: &str, rate: &str, further: &str) -> String {
    format!(
        "version = 1
[horizon]
weeks = 4
tail_weeks = 0
[channels.walk_in]
kind = \"baseline\"
leads = {leads}
route = \"online\"
close_rate = {rate}
[deals]
average_value = 100
value_cv = 0
{further}
"
    )
}

fn contender(text: &str, label: &str) -> Contender {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("the plan is written");
    let draft = RawPlan::open(file.path()).unwrap_or_else(|error| panic!("{error}"));
    let scenario = draft.read().unwrap_or_else(|error| panic!("{error}\n{text}"));
    Contender { label: label.to_owned(), draft, scenario }
}

fn revenue() -> OutcomeId {
    OutcomeId::named("revenue").expect("an outcome")
}

fn look(text: &str, indices: bool) -> Sensitivity {
    let spec = SensitivitySpec { outcome: revenue(), runs: 10_240, seed: 11, indices };
    sensitivity(&[contender(text, "plan")], spec, &Unwatched).expect("nobody stops it")
}

/// How many lie beyond 1.645 standard deviations at either end of a 90 % interval.
const Z95: f64 = 1.644_853_626_951_472_7;

#[test]
fn a_plan_that_multiplies_has_the_indices_of_lognormal_factors() {
    // Revenue is 400·leads·rate within luck that is too little to see: N is some 4·10^9. Lognormal inputs with σ = ln(hi/lo)/(2 z):
    // alone (e^{s1} − 1)/(e^{s1 + s2} − 1) with s = σ², in all (e^{s1 + s2} − e^{s2})/(e^{s1 + s2} − 1). The value of a
    // deal is the second lognormal.
    let text = plan("\"800M to 1250M\"", "0.5", "").replace("average_value = 100", "average_value = \"70 to 160\"");
    let found = look(&text, true);
    let s = [(12.5 / 8.0_f64).ln(), (160.0 / 70.0_f64).ln()].map(|width| (width / (2.0 * Z95)).powi(2));
    let whole = (s[0] + s[1]).exp() - 1.0;
    for (path, own, other) in [("channels.walk_in.leads", s[0], s[1]), ("deals.average_value", s[1], s[0])] {
        let factor = Factor::Inputs(vec![path.to_owned()]);
        let of_factor = found.indices.iter().find(|own| own.factor == factor).expect("it has indices");
        is(path, of_factor.indices.first, (own.exp() - 1.0) / whole);
        is(path, of_factor.indices.total, ((own + other).exp() - other.exp()) / whole);
    }
    let split = found.split.expect("it varies");
    assert!(split.share() > 0.999, "{split:?}");
}

#[test]
fn the_share_of_luck_is_that_of_a_poisson_count() {
    // Wins are Poisson(4·λ·½) with λ normal-like of known variance: Var = E[m] + Var(m), m = 2λ; the share of inputs is
    // Var(m)/(E[m] + Var(m)). λ uniform on (20, 60): m has mean 80 and variance 4·40²/12 = 533.3.
    let found = look(&plan("{ uniform = [20, 60] }", "0.5", ""), false);
    let variance: f64 = 4.0 * 1_600.0 / 12.0;
    is("inputs", found.split.expect("it varies").inputs, variance / (80.0 + variance));
}

#[test]
fn the_swing_of_a_uniform_input_is_four_fifths_of_its_range() {
    // Means of the lowest and the highest fifth of U(20, 60): 24 and 56. Revenue is 200·λ.
    let found = look(&plan("{ uniform = [20, 60] }", "0.5", ""), false);
    let [swing] = &found.swings[..] else { panic!("one input: {:?}", found.swings) };
    is("swing", swing.change, 200.0 * 32.0);
    assert!(found.ranks[0] > 0.8 && swing.partners.is_empty());
}

#[test]
fn correlated_inputs_and_those_of_one_file_are_one_factor() {
    let text = plan("{ uniform = [20, 60] }", "\"40% to 60%\"", "")
        + "[[correlations]]\nbetween = [\"channels.walk_in.leads\", \"channels.walk_in.close_rate\"]\nrank = 0.6\n";
    let found = look(&text, true);
    let paths = ["channels.walk_in.leads", "channels.walk_in.close_rate"].map(str::to_owned);
    let factors: Vec<&Factor> = found.indices.iter().map(|own| &own.factor).collect();
    assert!(factors.len() == 2 && factors.contains(&&Factor::Luck), "{factors:?}");
    assert!(factors.contains(&&Factor::Inputs(paths.to_vec())), "{factors:?}");
    for swing in &found.swings {
        assert_eq!(swing.partners.len(), 1, "{swing:?}");
        assert_ne!(swing.partners[0], swing.path);
    }
    // All that varies is the one factor and luck: alone and in all they make up the whole.
    let total = |factor: &Factor| {
        let own = found.indices.iter().find(|own| own.factor == *factor).expect("it has indices");
        (own.indices.first, own.indices.total)
    };
    let (luck_alone, luck_in_all) = total(&Factor::Luck);
    let (inputs_alone, inputs_in_all) = total(&Factor::Inputs(paths.to_vec()));
    for (one, other) in [(inputs_in_all, luck_alone), (luck_in_all, inputs_alone)] {
        let error = one.error.zip(other.error).map(|(one, other)| one.hypot(other));
        is("in all, and the other alone", Estimate { mean: one.mean + other.mean, error }, 1.0);
    }
}

#[test]
fn whether_a_risk_comes_true_is_luck() {
    // Nothing is uncertain but a risk that halves the demand: no figure could be found out, and no share is that of inputs.
    let text = plan("40", "0.5", "") + "[shocks.strike]\nchance = 0.5\nweeks = [1, 4]\ndemand = 0.2\n";
    let found = look(&text, false);
    is("inputs", found.split.expect("it varies").inputs, 0.0);
    assert!(found.swings.is_empty());
}

#[test]
fn a_forecast_rests_on_what_sensitivity_finds() {
    let text = plan("{ uniform = [20, 60] }", "\"40% to 60%\"", "");
    let plan = contender(&text, "plan");
    let found = look(&text, false);
    let draws = forecast(&plan.scenario, 10_240, 11, &Unwatched).expect("nobody stops it").draws;
    let short = rests_on(&plan.scenario, &draws, 11, revenue());
    assert_eq!(format!("{short:?}"), format!("{:?}", found.swings));
}

/// Twice the leads for a price: 80 wins more are worth 80·V, V lognormal of mean m and spread s, and cost 80·m. Who knows V
/// buys where it exceeds m: an option at the money, E[max(0, 80(V − m))] = 80·m·(2Φ(s/2) − 1). Leads are luck.
#[test]
fn what_a_value_is_worth_to_the_choice_of_a_plan_is_an_option() {
    let (low, high) = (70.0_f64, 160.0_f64);
    let spread = (high / low).ln() / (2.0 * Z95);
    let mean = (low * high).sqrt() * (0.5 * spread * spread).exp();
    let buy = |leads: &str, price: f64| {
        let text = plan(leads, "0.2", "[finance]\ngross_margin = 1");
        let text = text.replace("average_value = 100", "average_value = \"70 to 160\"");
        text.replace("route", &format!("fixed_cost = {price}\nroute"))
    };
    let plans = [contender(&buy("100", 0.0), "as it is"), contender(&buy("200", 80.0 * mean), "twice")];
    let theory = 80.0 * mean * (2.0 * normal_share(0.5 * spread) - 1.0);
    for seed in [1, 20_270, 8_675_309] {
        let outcome = OutcomeId::named("profit").expect("an outcome");
        let spec = SensitivitySpec { outcome, runs: 10_240, seed, indices: false };
        let choice = sensitivity(&plans, spec, &Unwatched).expect("nobody stops it").choice.expect("two plans");
        let [value] = &choice.inputs[..] else { panic!("one figure is uncertain: {choice:?}") };
        assert!(value.path == "deals.average_value" && value.worth.is_found && choice.all.is_found);
        is("value", value.worth.gain, theory);
        // Of wins that are drawn, luck would be as large as what is to be found out: 80 wins stray by 9.
        assert!(value.worth.gain.error.expect("enough draws") < 0.03 * theory, "{value:?}");
    }
}
