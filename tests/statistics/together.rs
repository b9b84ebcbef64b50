//! Inputs that move together: those of customers, nurture and the brand with one of a channel.

use foremix::scenario::load;

use super::draws::column;
use super::estimate::{covariance, is_poisson, mean};
use super::quarters::each_quarter;
use super::{SEEDS, under_each_seed};

/// A channel whose fee shows as the marketing cost, 1,000 leads in nurture, 100 customers, and goodwill at half its lift.
fn plan(fee: &str, rate: &str, orders: &str, lift: &str, rest: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 20
        fixed_cost = {fee}
        [nurture]
        rate = {rate}
        pool = 1_000
        [customers]
        active = 100
        repeat_rate = {orders}
        repeat_value = 50
        [brand]
        max_lift = {lift}
        half_spend = 10
        half_life = 9
        goodwill = 10
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 100
        {rest}
        "#
    )
}

#[test]
fn inputs_of_all_parts_of_a_plan_move_with_a_channel_s_as_far_as_their_rank_says() {
    // The rank correlation ρ of two uniform inputs is their correlation, so their covariance is ρ times their sds, a
    // width over √12 each. Given the inputs the chances are independent, and means are linear in them: orders are 100
    // times their rate, at 50 each; leads that turn 1,000 times theirs; and the lift of 20 leads half of its most.
    let correlated = |path: &str, rank: f64| {
        format!("[[correlations]]\nbetween = [\"channels.walk_in.fixed_cost\", \"{path}\"]\nrank = {rank}\n")
    };
    let rest = correlated("customers.repeat_rate", 0.6)
        + &correlated("nurture.rate", -0.5)
        + &correlated("brand.max_lift", 0.4);
    let text = plan(
        "{ uniform = [100, 400] }",
        "{ uniform = [0.1, 0.7] }",
        "{ uniform = [0.2, 0.8] }",
        "{ uniform = [0, 1] }",
        &rest,
    );
    for sampling in ["stratified", "random"] {
        let text = format!("{text}[simulation]\nsampling = \"{sampling}\"\n");
        under_each_seed(&text, 40_960, |draws| {
            let fee = column(draws, "marketing");
            let (orders, leads) = (column(draws, "repeat_revenue"), column(draws, "leads"));
            let turned: Vec<f64> =
                std::iter::zip(column(draws, "qualified"), leads).map(|(qualified, leads)| qualified - leads).collect();
            let apart = |rank: f64, slope: f64, width: f64| rank * slope * 300.0 * width / 12.0;
            mean(fee).is(250.0);
            covariance(fee, orders).is(apart(0.6, 5_000.0, 0.6));
            covariance(fee, &turned).is(apart(-0.5, 1_000.0, 0.6));
            covariance(fee, leads).is(apart(0.4, 10.0, 1.0));
            covariance(orders, leads).is(0.0);
            covariance(&turned, leads).is(0.0);
        });
    }
}

#[test]
fn inputs_from_one_file_are_of_one_row_wherever_they_stand() {
    // Four rows, which come equally often, exactly so where draws are stratified. The fee tells which row it is: then all
    // of the pool turns or nobody, 20 leads are lifted by half of the lift, and orders are 100 times their rate.
    let file = "fee,turn,orders,lift\n100,1,0.5,0\n200,0,0,1\n300,0,2,0.2\n400,1,0.1,0.6\n";
    let from = |column: &str| format!("{{ file = \"draws.csv\", column = \"{column}\" }}");
    let [fee, turn, orders, lift] = ["fee", "turn", "orders", "lift"].map(from);
    let text = plan(&fee, &turn, &orders, &lift, "");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.toml");
    for (path, text) in [(&path, text.as_str()), (&folder.path().join("draws.csv"), file)] {
        std::fs::write(path, text).expect("the file is written");
    }
    let scenario = load(&path, &[]).unwrap_or_else(|error| panic!("{error}"));
    let rows = [(1_000.0, 0.5, 0.0), (0.0, 0.0, 1.0), (0.0, 2.0, 0.2), (1_000.0, 0.1, 0.6)];
    for seed in SEEDS {
        let mut leads = [const { Vec::new() }; 4];
        let mut repeated = [const { Vec::new() }; 4];
        each_quarter(&scenario, 0..16_384, seed, |_, _, tally| {
            let row = (tally.marketing() / 100.0) as usize - 1;
            assert_eq!(tally.qualified - tally.leads, rows[row].0);
            leads[row].push(tally.leads);
            repeated[row].push(tally.repeat_revenue / 50.0);
        });
        for (row, (_, orders, lift)) in rows.into_iter().enumerate() {
            assert_eq!(leads[row].len(), 4_096);
            is_poisson(&leads[row], 20.0 * (1.0 + 0.5 * lift));
            mean(&repeated[row]).is(100.0 * orders);
        }
    }
}
