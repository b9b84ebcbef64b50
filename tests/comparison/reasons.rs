//! Why plans differ: parts that add up, favor no order, and are known where changes multiply.

use foremix::analysis::{EXACT, Waterfall, compare};
use foremix::engine::Unwatched;

use super::{CERTAIN, assert_near, compared, contender};

fn of<'w>(why: &'w [Waterfall], key: &str) -> &'w Waterfall {
    let found = why.iter().find(|why| why.outcome.outcome().key == key);
    found.unwrap_or_else(|| panic!("{key} is not explained"))
}

fn part(waterfall: &Waterfall, name: &str) -> (f64, f64) {
    let found = waterfall.parts.iter().find(|part| part.name == name);
    let part = found.unwrap_or_else(|| panic!("no part {name}: {waterfall:?}"));
    (part.mean, part.error.unwrap())
}

fn assert_adds_up(waterfall: &Waterfall) {
    let sum: f64 = waterfall.parts.iter().map(|part| part.mean).sum();
    let whole = waterfall.plan - waterfall.base;
    let size = waterfall.base.abs() + waterfall.plan.abs();
    assert!((sum - whole).abs() < 1e-11 * size, "{sum}, not {whole}");
}

#[test]
fn parts_that_multiply_are_shared_half_and_half() {
    // Revenue = leads · .4 · c · v. Of c: .25 → .3, v: 6,000 → 7,000, the part of c is Δc·(v + v')/2, and so for v.
    let leads = 0.05 * 1_300_000.0 * (1.0 - (-20_000.0_f64 / 2_600_000.0).exp()) + 80.0;
    let of_close_rate = leads * 0.4 * 0.05 * 6_500.0;
    let of_value = leads * 0.4 * 1_000.0 * 0.275;
    let settings = ["sales.close_rate=0.3", "deals.average_value=7_000"];
    for seed in [1, 20_270, 8_675_309] {
        let comparison = compared(CERTAIN, &settings, 4_000, seed);
        let revenue = of(&comparison.contrasts[0].why, "revenue");
        assert!(revenue.exact);
        assert_adds_up(revenue);
        let (mean, error) = part(revenue, "sales");
        assert_near(mean, error, of_close_rate);
        let (mean, error) = part(revenue, "deals");
        assert_near(mean, error, of_value);
    }
}

#[test]
fn parts_do_not_depend_on_the_order_in_which_changes_are_written() {
    let mut settings = vec![
        "channels.search.budget=30_000",
        "channels.fair.budget=0",
        "sales.close_rate=0.3",
        "deals.average_value=7_000",
        "sales.reps.team.count=1",
    ];
    let parts = |settings: &[&str]| {
        let comparison = compared(CERTAIN, settings, 300, 9);
        let why = of(&comparison.contrasts[0].why, "profit").clone();
        assert_adds_up(&why);
        let parts = why.parts.into_iter();
        parts.map(|part| (part.name, part.mean.to_bits())).collect::<Vec<_>>()
    };
    let one_way = parts(&settings);
    assert_eq!(one_way.len(), 5);
    settings.reverse();
    assert_eq!(one_way, parts(&settings));
}

#[test]
fn a_part_gets_the_luck_of_its_own_changes_and_of_no_others() {
    // Four further open deals, each won at 30 %, bring 4·0.3·20,000 on average and stray; a lead of search more or less is
    // nothing beside their luck; a fee is a fee. The walk-ins' 0.2 further leads a week bring 13·0.2·0.4·0.25·6,000.
    let text = format!(
        "{CERTAIN}\n[deals.open.hot]\ncount = 10\nweeks_to_close = 0\nclose_rate = 0.3\naverage_value = 20_000\n\
         [channels.walk_in]\nkind = \"baseline\"\nleads = 4\nfixed_cost = 100\n"
    );
    let settings = ["deals.open.hot.count=14", "channels.walk_in.leads=4.2", "finance.fixed_costs=500.37"];
    for seed in [1, 20_270, 8_675_309] {
        let comparison = compared(&text, &settings, 10_000, seed);
        let profit = of(&comparison.contrasts[0].why, "profit");
        assert_adds_up(profit);
        let (mean, of_deals) = part(profit, "deals");
        assert_near(mean, of_deals, 0.5 * 4.0 * 0.3 * 20_000.0);
        let (mean, of_leads) = part(profit, "walk in");
        assert_near(mean, of_leads, 0.5 * 13.0 * 0.2 * 0.4 * 0.25 * 6_000.0);
        assert!(of_leads < 0.3 * of_deals, "{of_leads} of leads, {of_deals} of deals");
        let (mean, error) = part(profit, "finance");
        assert!((mean + 500.37).abs() < 1e-6 && error < 1e-6, "{mean} ± {error}");
    }
}

#[test]
fn with_many_changes_orders_are_sampled_and_parts_still_add_up() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    assert!(names.len() > EXACT);
    let channels: String =
        names.iter().map(|name| format!("[channels.{name}]\nkind = \"baseline\"\nleads = 5\n")).collect();
    let text = format!("{CERTAIN}{channels}").replace("count = 1_000", "count = 2");
    let text = text.replace("[sales]\n", "[sales]\nhours_per_opportunity = 20\nlead_half_life = 1\n");
    let settings: Vec<String> = names.iter().map(|name| format!("channels.{name}.leads=8")).collect();
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let comparison = compared(&text, &settings, 1_000, 4);
    let revenue = of(&comparison.contrasts[0].why, "revenue");
    assert!(!revenue.exact && revenue.parts.len() == names.len());
    assert_adds_up(revenue);
    // All eight changes are alike, so each brings an eighth; the error covers the sample of orders.
    let eighth = (revenue.plan - revenue.base) / 8.0;
    for name in names {
        let (mean, error) = part(revenue, name);
        assert_near(mean, error, eighth);
    }
}

#[test]
fn changes_of_which_one_needs_the_other_are_one_part() {
    let other = format!("{CERTAIN}[segments.small]\nclose_multiplier = 0.5\n[segments.large]\nvalue_multiplier = 2\n")
        .replace("leads_per_event = 40\n", "leads_per_event = 40\naudience = { small = 0.5, large = 0.5 }\n");
    let plans = [contender(CERTAIN, &[]), contender(&other, &["sales.close_rate=0.3"])];
    let comparison = compare(&plans, 500, 1, &Unwatched).unwrap();
    let revenue = of(&comparison.contrasts[0].why, "revenue");
    let mut names: Vec<&str> = revenue.parts.iter().map(|part| part.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["fair and segments", "sales"]);
    assert_adds_up(revenue);
}

#[test]
fn what_changes_no_figure_is_no_reason() {
    let settings = ["name=Another", "targets.revenue=100_000", "simulation.runs=77"];
    let comparison = compared(CERTAIN, &settings, 100, 1);
    assert!(of(&comparison.contrasts[0].why, "revenue").parts.is_empty());
}
