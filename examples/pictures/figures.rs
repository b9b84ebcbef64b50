//! The pictures of docs/model/: what is computed for each, and what was found.

use std::error::Error;
use std::fs;
use std::io::Cursor;

use foremix::charts::{Across, Curve, Drawing, Level, Line, Mark, curve};
use foremix::engine::{Unwatched, forecast};
use foremix::model::channels::Offer;
use foremix::scenario::{Scenario, load};

/// A picture of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Picture {
    /// Its file in docs/images/, without the ending.
    pub(crate) name: &'static str,
    /// The page that shows it.
    #[allow(dead_code)] // only the tests ask for it
    pub(crate) page: &'static str,
    /// Computes and draws it.
    pub(crate) draw: fn() -> Result<Drawing, Box<dyn Error>>,
}

/// All of them.
pub(crate) const PICTURES: [Picture; 5] = [
    Picture { name: "ppc", page: "docs/model/channels.md", draw: ppc },
    Picture { name: "seo", page: "docs/model/channels.md", draw: seo },
    Picture { name: "queue", page: "docs/model/team.md", draw: queue },
    Picture { name: "promotion", page: "docs/model/promotions-and-brand.md", draw: promotion },
    Picture { name: "brand", page: "docs/model/promotions-and-brand.md", draw: brand },
];

type Points = Vec<(f64, f64)>;

/// What every plan below needs beside its channels.
const REST: &str = "
[deals]
average_value = 10_000

[sales]
selling_time = \"30%\"
hours_per_lead = 1
opportunity_rate = \"30%\"
close_rate = \"25%\"
cycle_weeks = 4
[sales.reps.team]
count = 2
cost_per_week = 1_500
";

/// A plan of these tables.
fn plan(tables: &str) -> Result<Scenario, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("picture.toml");
    fs::write(&path, format!("currency = \"USD\"\n{tables}\n{REST}"))?;
    Ok(load(&path, &[])?)
}

/// The mean of a weekly figure, week by week, at the week's number.
fn weekly(scenario: &Scenario, figure: &str) -> Result<Points, Box<dyn Error>> {
    let forecast = forecast(scenario, 16_384, 1, &Unwatched)?;
    let means = forecast.weekly(figure).iter().map(|stats| stats.mean);
    Ok((1_u32..).map(f64::from).zip(means).collect())
}

/// The picture as a PNG file that is packed tightly.
pub(crate) fn packed(drawing: &Drawing) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = drawing.png()?;
    let mut reader = png::Decoder::new(Cursor::new(file)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
    reader.next_frame(&mut pixels)?;
    let mut small = Vec::new();
    let mut encoder = png::Encoder::new(&mut small, reader.info().width, reader.info().height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(small)
}

/// A whole number as people write it: 1,288.
fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    match digits.len() {
        0..=3 => digits,
        length => format!("{},{}", &digits[..length - 3], &digits[length - 3..]),
    }
}

/// Clicks of a week by the money spent on them.
fn ppc() -> Result<Drawing, Box<dyn Error>> {
    let scenario = plan(
        "[channels.search]
kind = \"ppc\"
today = { spend = 5_770, clicks = 888, share = \"55%\" }
visit_to_lead = \"100%\"",
    )?;
    let clicks = |money: f64| {
        let mut channel = scenario.plan.parts.channels[0].start(&[]);
        let week = Offer { money, demand: 1.0, price: 1.0, in_horizon: true };
        channel.step(week).leads
    };
    let points: Points = (0..=100).map(|step| 250.0 * f64::from(step)).map(|money| (money, clicks(money))).collect();
    let (spend, all) = (5_770.0, 888.0 / 0.55);
    let (today, twice) = (clicks(spend), clicks(2.0 * spend));
    let ceiling = clicks(1e9);
    let words = |money: f64, clicks: f64| {
        format!("{:.0}% of all clicks: {} for {}", 100.0 * clicks / all, whole(clicks), whole(money))
    };
    Ok(curve::draw(&Curve {
        finding: &format!(
            "With {:.0}% of all clicks today, twice the money brings {:.2} times the clicks",
            100.0 * today / all,
            twice / today
        ),
        about: "A search account with 888 clicks for 5,770 in an ordinary week. Each further click is dearer than the one before.",
        across: Across::Amount("Spend a week, USD"),
        up: "Clicks a week",
        lines: &[Line { name: "Clicks", points: &points }],
        level: Some(Level { name: &format!("Ceiling: {:.0}%", 100.0 * ceiling / all), value: ceiling }),
        marks: &[
            Mark { at: (spend, today), words: &words(spend, today) },
            Mark { at: (2.0 * spend, twice), words: &words(2.0 * spend, twice) },
        ],
    }))
}

/// Visits that content draws, week by week, for steady spend and for one quarter's.
fn seo() -> Result<Drawing, Box<dyn Error>> {
    let scenario = plan(
        "[horizon]
weeks = 52
[channels.content]
kind = \"seo\"
cost_per_article = 1_000
visits_per_article = 10
weeks_to_mature = 26
decay = \"3% a month\"
visit_to_lead = \"100%\"",
    )?;
    let visits = |last: u32| -> Points {
        let mut channel = scenario.plan.parts.channels[0].start(&[]);
        (1..=52)
            .map(|week| {
                let flow = channel.step(Offer {
                    money: if week <= last { 3_000.0 } else { 0.0 },
                    demand: 1.0,
                    price: 1.0,
                    in_horizon: true,
                });
                channel.close();
                (f64::from(week), flow.leads)
            })
            .collect()
    };
    let (steady, quarter) = (visits(52), visits(13));
    Ok(curve::draw(&Curve {
        finding: &format!(
            "Steady content draws {} visits in week 13, {} in week 26 and {} in week 52",
            whole(steady[12].1),
            whole(steady[25].1),
            whole(steady[51].1)
        ),
        about: "Three articles a week from week 1 on, 10 visits a week each once they rank. What one quarter buys, the quarters after it draw.",
        across: Across::Weeks,
        up: "Visits a week",
        lines: &[
            Line { name: "Articles in every week", points: &steady },
            Line { name: "Articles in weeks 1 to 13 only", points: &quarter },
        ],
        level: None,
        marks: &[Mark { at: steady[12], words: "The quarter ends" }],
    }))
}

/// Leads that wait, week by week, by how much of the team's hours the leads take.
fn queue() -> Result<Drawing, Box<dyn Error>> {
    // Two reps at 30 % of 40 hours: 24 hours a week, one for a lead.
    let hours = 24.0;
    let waiting = |load: f64| {
        let channel = format!("[channels.all]\nkind = \"baseline\"\nleads = {}", load * hours);
        weekly(&plan(&format!("[horizon]\ntail_weeks = 0\n{channel}"))?, "backlog")
    };
    let (over, full, under) = (waiting(1.2)?, waiting(1.0)?, waiting(0.9)?);
    let end = |points: &Points| whole(points.last().map_or(0.0, |point| point.1));
    Ok(curve::draw(&Curve {
        finding: &format!(
            "At 120% of the team's hours {} leads wait after 13 weeks, at 100% {}, at 90% {}",
            end(&over),
            end(&full),
            end(&under)
        ),
        about: "Two reps with hours for 24 leads a week, which come by chance; nobody leaves the queue. Means of 16,384 quarters.",
        across: Across::Weeks,
        up: "Leads waiting at the end of the week",
        lines: &[
            Line { name: "120% of hours", points: &over },
            Line { name: "100% of hours", points: &full },
            Line { name: "90% of hours", points: &under },
        ],
        level: None,
        marks: &[],
    }))
}

/// Leads, week by week, around a promotion.
fn promotion() -> Result<Drawing, Box<dyn Error>> {
    let leads = weekly(
        &plan(
            "[horizon]
tail_weeks = 0
[channels.shop]
kind = \"baseline\"
leads = 100
[promotions.autumn]
weeks = [6, 7]
lead_multiplier = 1.4
dip = \"9%\"
dip_weeks = 3",
        )?,
        "leads",
    )?;
    let beyond = |weeks: &[(f64, f64)]| weeks.iter().map(|week| week.1 - 100.0).sum::<f64>();
    Ok(curve::draw(&Curve {
        finding: &format!(
            "The promotion brings {} leads more in two weeks, and the three weeks after it {} fewer",
            whole(beyond(&leads[5..7])),
            whole(-beyond(&leads[7..10]))
        ),
        about: "A shop with 100 leads a week; a promotion in weeks 6 and 7 lifts demand by 40%, of which a third is borrowed. Means of 16,384 quarters.",
        across: Across::Weeks,
        up: "Leads a week",
        lines: &[
            Line { name: "With the promotion", points: &leads },
            Line { name: "Without it", points: &[(1.0, 100.0), (13.0, 100.0)] },
        ],
        level: None,
        marks: &[],
    }))
}

/// What a brand lifts demand by, week by week, while money builds it and afterwards.
fn brand() -> Result<Drawing, Box<dyn Error>> {
    let leads = weekly(
        &plan(
            "[horizon]
weeks = 78
tail_weeks = 0
[brand]
max_lift = \"30%\"
half_spend = 400_000
half_life = 40
[channels.word_of_mouth]
kind = \"baseline\"
leads = 10_000
[channels.posters]
kind = \"ppc\"
budget = 520_000
flighting = { weeks = [1, 26] }
brand_share = \"100%\"
cost_per_click = 1
clicks_available = 1_000_000
visit_to_lead = 0",
        )?,
        "leads",
    )?;
    let lift: Points = leads.iter().map(|(week, leads)| (*week, leads / 100.0 - 100.0)).collect();
    // The lift of a week is what the weeks before it have built.
    let peak = lift[26];
    Ok(curve::draw(&Curve {
        finding: &format!(
            "26 weeks of spend lift demand by {:.0}%; a year later the lift is still {:.0}%",
            peak.1, lift[77].1
        ),
        about: "20,000 a week on the brand in weeks 1 to 26, then nothing; a half-life of 40 weeks, a lift of 30% at most.",
        across: Across::Weeks,
        up: "Lift of demand, %",
        lines: &[Line { name: "Lift", points: &lift }],
        level: None,
        marks: &[Mark { at: peak, words: "The money stops" }],
    }))
}
