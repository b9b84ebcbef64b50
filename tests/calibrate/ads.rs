//! Reports of ads are read the same from every platform, and price and clicks of a channel are found again.

use std::path::Path;

use foremix::calibrate::{AdQuestion, PlanChannel, learn_from_ads, percentile};
use foremix::reading::Files;
use foremix::records::{AdWeeks, Day, Kind, MapFile, Reading};

use crate::exports::{german_day, us};

/// Weeks of a campaign whose truth is known: D clicks could be had at c for the first of them.
struct Week {
    monday: Day,
    spend: f64,
    clicks: f64,
    share: f64,
}

/// A maker of a report.
type Maker = fn(&[Week]) -> Vec<u8>;

/// 1,000 clicks a week at 2.00, a little more and less of them bought each week.
fn weeks() -> Vec<Week> {
    let first = Day::of("2026-08-31".parse().unwrap());
    (0..12)
        .map(|at| {
            let share = 0.40 + 0.01 * f64::from(at % 5);
            let spend = (-2.0 * 1000.0 * (1.0 - share).ln() * 100.0).round() / 100.0;
            Week { monday: Day(first.0 + 7 * at), spend, clicks: 1000.0 * share, share }
        })
        .collect()
}

fn read(name: &str, bytes: Vec<u8>) -> (AdWeeks, String, usize) {
    let files = Files::in_memory([(name, bytes)]);
    let mut reading = Reading::new(files, MapFile::default());
    let report = reading
        .export(Kind::Ads, Path::new(name))
        .map(|mut export| AdWeeks::read(&mut reading, &mut export))
        .unwrap_or_default();
    (report, reading.faults.to_string(), reading.questions.len())
}

fn google(weeks: &[Week]) -> Vec<u8> {
    let mut text = String::from(
        "Campaign report\nSeptember 1, 2026 - November 22, 2026\nWeek,Campaign,Campaign type,Impr.,Clicks,Currency \
         code,Avg. CPC,Cost,Search impr. share,Conversions\n",
    );
    for week in weeks {
        let Week { monday, spend, clicks, share } = week;
        text += &format!(
            "{},Search brand,Search,\"12,000\",{clicks},USD,1.11,\"{spend}\",{:.2}%,3.5\n",
            monday.date(),
            100.0 * share
        );
        text += &format!("{},Display,Display,\"90,000\",10,USD,0.50,5.00, --,0.0\n", monday.date());
        text += &format!("{},Search tail,Search,100,2,USD,0.50,1.00,< 10%,0.0\n", monday.date());
    }
    text += "Total: Account,,,,9999,USD,,99999.00,,\nTotal: Search,,,,9,USD,,9.00,,\n";
    text.into_bytes()
}

fn german_google(weeks: &[Week]) -> Vec<u8> {
    let mut text = String::from("Kampagnenbericht\nWoche;Kampagne;Kampagnentyp;Klicks;Währungscode;Kosten\n");
    for Week { monday, spend, clicks, .. } in weeks {
        let day = german_day(*monday);
        text += &format!("{day};Search brand;Suchnetzwerk;{clicks};USD;{}\n", format!("{spend:.2}").replace('.', ","));
    }
    text += "Gesamt;;;;;99.999,00\n";
    text.into_bytes()
}

fn linkedin(weeks: &[Week]) -> Vec<u8> {
    let mut text = String::from(
        "Campaign Performance Report (in UTC)\n\nStart Date (in UTC)\tAccount Name\tCampaign Name\tTotal \
         Spent\tImpressions\tClicks\tLeads\n",
    );
    for Week { monday, spend, clicks, .. } in weeks {
        text += &format!("{}\tFirm\tSearch brand\t{spend}\t1000\t{clicks}\t2\n", us(*monday));
    }
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

fn meta(weeks: &[Week]) -> Vec<u8> {
    let mut text = String::from(
        "\u{feff}Campaign name,Reporting starts,Reporting ends,Amount spent (USD),Link clicks,Results,Result indicator\n",
    );
    for Week { monday, spend, clicks, .. } in weeks {
        text += &format!("Search brand,{},{},{spend},{clicks},3,leads\n", monday.date(), Day(monday.0 + 6).date());
    }
    text.into_bytes()
}

fn microsoft(weeks: &[Week]) -> Vec<u8> {
    let mut text = String::from(
        "\"Report Name: Campaigns\"\n\"Report Time: 9/1/2026\"\n\nTimePeriod,CampaignName,CurrencyCode,Spend,Clicks,\
         ImpressionSharePercent\n",
    );
    for Week { monday, spend, clicks, share } in weeks {
        text += &format!("{},Search brand,USD,{spend},{clicks},{:.2}%\n", monday.date(), 100.0 * share);
    }
    text.into_bytes()
}

#[test]
fn one_campaign_reads_the_same_from_every_platform() {
    let weeks = weeks();
    let platforms: [(&str, Maker); 5] = [
        ("google.csv", google),
        ("google-de.csv", german_google),
        ("linkedin.csv", linkedin),
        ("meta.csv", meta),
        ("bing.csv", microsoft),
    ];
    for (name, export) in platforms {
        let (report, faults, questions) = read(name, export(&weeks));
        assert_eq!((faults.as_str(), questions), ("", 0), "{name}");
        assert_eq!(report.currency.as_deref().unwrap_or("USD"), "USD", "{name}");
        let own = &report.campaigns["Search brand"];
        assert_eq!(own.len(), weeks.len(), "{name}");
        for (own, week) in own.iter().zip(&weeks) {
            assert_eq!((own.week, own.clicks), (week.monday.week(), week.clicks), "{name}");
            assert!((own.spend - week.spend).abs() < 1e-9, "{name}");
        }
    }
    let (report, ..) = read("google.csv", google(&weeks));
    assert_eq!(report.bounds, weeks.len());
    assert!(report.campaigns["Display"].iter().all(|week| week.available.is_none()));
}

/// The truth lies inside; the weeks have no noise but rounding, so the ranges are those of the drift.
#[test]
fn price_and_clicks_are_found_again() {
    let (report, ..) = read("bing.csv", microsoft(&weeks()));
    let channels = [PlanChannel { name: "search".into(), kind: "ppc".into(), ..PlanChannel::default() }];
    let (learnt, warnings) = learn_from_ads(&AdQuestion { reports: &[report], channels: &channels, said: &[] });
    assert_eq!((warnings.len(), learnt.len()), (0, 2));
    for (own, truth) in learnt.iter().zip([2.0, 1000.0]) {
        let middle = percentile(&own.draws, 0.5);
        // The drift is .35 at most: the median of 4,096 draws strays by 1.25·.35/64 = 0.7 %; 4 of these.
        assert!((middle / truth - 1.0).abs() < 0.028, "{}: {middle}", own.path);
    }
}
