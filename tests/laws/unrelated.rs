//! What has no effect changes no figure, bit for bit; nor does the number of threads.

use std::collections::BTreeMap;

use foremix::engine::{Unwatched, forecast};
use foremix::report::summary;
use foremix::scenario::Scenario;
use proptest::prelude::*;

use super::cases;
use super::plans::any_plan;
use super::quarters::each_quarter;
use super::scenario;

/// Tables without effect, each with what a plan may not have already.
const IDLE: &[(&[&str], &str)] = &[
    (
        &[],
        "[segments.nobody]\nclose_multiplier = 3\n[channels.bbb]\nkind = \"baseline\"\nleads = 0\naudience = { nobody = 1 }\n",
    ),
    (&[], "[shocks.never]\nchance = 0\nweeks = [1, 1]\ndemand = 9\nclose = 9\n"),
    (&[], "[shocks.harmless]\nchance = 0.5\nweeks = [1, 1]\nchannels = [\"delta\"]\n"),
    (&[], "[shocks.of_nobody]\nchance = 1\nweeks = [1, 1]\nchannels = []\ndemand = 0\n"),
    (&[], "[promotions.plain]\nweeks = [1, 1]\ndip_weeks = 3\n"),
    (&[], "[channels.aaa]\nkind = \"ppc\"\ncost_per_click = 2\nclicks_available = 90\nvisit_to_lead = 0.5\n"),
    (&[], "[channels.zzz]\nkind = \"baseline\"\nleads = 0\nroute = \"online\"\nclose_rate = 0.5\n"),
    (&[], "[sales.reps.none]\ncount = 0\nattrition = 0.5\ncost_per_week = 9\n"),
    (&[], "[rules.idle]\nkind = \"reallocate\"\nevery = 1\nshift = 0\nby = \"romi\"\n"),
    (&[], "[rules.open]\nkind = \"throttle\"\nchannels = [\"delta\"]\nbacklog_weeks = 0\nto = 1\n"),
    (&["[brand]"], "[brand]\nmax_lift = 0\nhalf_spend = 9\nhalf_life = 3\ngoodwill = 9\n"),
    (&["[nurture]"], "[nurture]\nrate = 0\npool = 100\n"),
    (&["[customers]", "hours_per_customer"], "[customers]\nchurn_rate = 0.5\n"),
    (&["[booked]"], "[booked]\n"),
    (&["[sales.prospecting]"], "[sales.prospecting]\nshare_of_time = 0\nhours_per_lead = 3\n"),
    (&["[deals.open."], "[deals.open.none]\ncount = 0\nweeks_to_close = 3\nhours_left = 3\n"),
];

/// All that some draws count, in words that tell any two numbers apart; sources by name, without those that count
/// nothing. A zero is a zero, whatever its sign.
fn counted(scenario: &Scenario, seed: u64) -> Vec<(String, BTreeMap<String, String>)> {
    let mut all = Vec::new();
    each_quarter(scenario, 0..6, seed, |_, _, tally| {
        let mut tally = tally.clone();
        let sources = std::mem::take(&mut tally.sources);
        let sources = std::iter::zip(&scenario.plan.sources, sources)
            .filter(|(_, tally)| tally.figures() != [0.0; 6])
            .map(|(source, tally)| (source.name.clone(), format!("{tally:?}")))
            .collect();
        let totals = format!("{tally:?}").replace(": -0.0,", ": 0.0,");
        all.push((totals, sources));
    });
    all
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn a_table_without_effect_changes_nothing(
        text in any_plan(),
        seed in 0..1_000_u64,
        first in 0..IDLE.len(),
        second in 0..IDLE.len(),
    ) {
        let plain = counted(&scenario(&text), seed);
        let mut longer = text.clone();
        for at in [first, second] {
            let (others, idle) = IDLE[at];
            if !longer.contains(idle) && !others.iter().any(|other| longer.contains(other)) {
                longer += idle;
            }
        }
        assert_eq!(plain, counted(&scenario(&longer), seed));
    }

    #[test]
    fn the_names_of_certain_rules_change_nothing(text in any_plan(), seed in 0..1_000_u64) {
        // An uncertain figure has the luck of its name.
        let figures = ["shift =", "backlog_weeks =", "to ="];
        let uncertain = |line: &str| {
            figures.iter().any(|key| line.starts_with(key)) && line.contains(['"', '{'])
        };
        prop_assume!(!text.lines().any(uncertain));
        let renamed = text
            .replace("[rules.shift]", "[rules.zeal]")
            .replace("[rules.brake]", "[rules.calm]");
        assert_eq!(
            counted(&scenario(&text), seed),
            counted(&scenario(&renamed), seed)
        );
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn one_thread_and_two_draw_the_same_bytes(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let [one, two] = [1, 2].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let forecast = pool
                .install(|| forecast(&scenario, 700, seed, &Unwatched))
                .expect("nobody stops it");
            let bits = |column: &Vec<f64>| column.iter().map(|x| x.to_bits()).collect();
            let columns: Vec<Vec<u64>> = forecast.draws.columns.iter().map(bits).collect();
            (columns, summary(&scenario, &forecast, 1.0))
        });
        assert!(one == two, "{text}");
    }
}
