//! The scenario that six answers make: commented, each assumption marked with where it comes from.

mod channels;
mod published;

use std::fmt::Write as _;

use crate::units::{plain, written};

use super::answers::{Answers, Counts, Money};
use super::business::{Business, plural};
use published::{MOST_PAID, WEEKS, percents, published_leads};

/// The text of a scenario, which `foremix check` takes without a fault and without a flag.
#[must_use]
pub fn write(business: &'static Business, answers: &Answers) -> String {
    Plan::of(business, answers, "six answers").text()
}

/// The same, of a table of channels in the file `from`.
#[must_use]
pub fn write_from(from: &str, business: &'static Business, answers: &Answers) -> String {
    let name: String = from.chars().filter(|letter| !letter.is_control()).collect();
    Plan::of(business, answers, &format!("the channels in {name}")).text()
}

struct Plan<'a> {
    business: &'static Business,
    /// what it is made of, in words
    origin: &'a str,
    answers: &'a Answers,
    money: Vec<Money>,
    counts: Counts,
    /// the share of the leads of published rates that there is room for
    fits: f64,
}

impl<'a> Plan<'a> {
    fn of(business: &'static Business, answers: &'a Answers, origin: &'a str) -> Self {
        let usual = || {
            let usual = business.usual_money();
            usual.map(|(avenue, budget)| Money { avenue, label: avenue.word().to_owned(), budget }).collect()
        };
        let money = answers.channels.clone().unwrap_or_else(usual);
        let counts = answers.counts.unwrap_or_else(|| {
            let opportunities = (business.leads * business.opportunity_rate[1]).round();
            let wins = (opportunities * business.close_rate[1]).round();
            Counts { leads: business.leads, opportunities: Some(opportunities), wins }
        });
        let published: f64 = money.iter().map(|own| published_leads(business, own)).sum();
        let fits = if published > 0.0 { (MOST_PAID * counts.leads / published).min(1.0) } else { 1.0 };
        Self { business, origin, answers, money, counts, fits }
    }

    fn text(&self) -> String {
        let mut text = self.head();
        self.channels(&mut text);
        if self.business.online {
            self.chat(&mut text);
            self.customers(&mut text);
        } else {
            self.team(&mut text);
        }
        self.deals(&mut text);
        self.open(&mut text);
        text.push_str(&self.finance());
        text
    }

    fn head(&self) -> String {
        let target = self.answers.target.unwrap_or(self.business.target);
        let mark = if self.answers.target.is_none() { "   # assumed: put your own number here" } else { "" };
        format!(
            "# {}.\n# Made of {}. What nobody knew is marked \"assumed\", with the source of the published range: put\n# your own figures there, counts (\"18 of 80\") are best. Try it: foremix check, then foremix run.\n\nname = \"My next quarter\"\ncurrency = \"USD\"\n\n[horizon]\nweeks = 13\ntail_weeks = 26\n\n[market]\nvolatility = 0.1        # assumed: weeks stray by a tenth, all channels alike\n\n[targets]\nrevenue = {}{mark}\n",
            capital(self.business.about),
            self.origin,
            written(target),
        )
    }

    fn close_rate(&self) -> String {
        let [low, _, high] = self.business.close_rate;
        let before = self.counts.opportunities.unwrap_or_else(|| match self.business.online {
            true => self.counts.leads,
            false => (self.counts.leads * self.business.opportunity_rate[1]).round().max(self.counts.wins).max(1.0),
        });
        match self.answers.counts {
            Some(counts) => format!("\"{} of {}\"   # last quarter's", plain(counts.wins), plain(before)),
            None => format!("{}   # assumed ({})", percents((low, high)), self.business.source),
        }
    }

    fn team(&self, text: &mut String) {
        let business = self.business;
        let (people, hours) = self.answers.people.unwrap_or((business.people, business.hours));
        let assumed = if self.answers.people.is_none() { "   # assumed" } else { "" };
        // Few hours are a part of a part-time week.
        let week = if hours < 8.0 { 20.0 } else { 40.0_f64.max((hours / 0.9).ceil()) };
        let opportunities = self.counts.opportunities.unwrap_or(self.counts.leads * business.opportunity_rate[1]);
        let wanted = self.counts.leads * business.hours_per_lead + opportunities * business.hours_per_opportunity;
        let there = people * hours * WEEKS;
        let (scale, why) = if wanted > there {
            (0.9 * there / wanted, "assumed: what your people had time for last quarter")
        } else {
            (1.0, "assumed")
        };
        let hundredths = |hours: f64| plain((scale * hours * 100.0).round().max(1.0) / 100.0);
        let [low, _, high] = business.opportunity_rate;
        let opportunity_rate = match self.answers.counts {
            Some(Counts { leads, opportunities: Some(opportunities), .. }) => {
                format!(
                    "\"{} of {}\"   # last quarter's: {} that became {}",
                    plain(opportunities),
                    plain(leads),
                    plural(business.lead),
                    plural(business.opportunity)
                )
            }
            _ => format!("{}   # assumed ({})", percents((low, high)), business.source),
        };
        let (fast, slow) = business.cycle_weeks;
        let _ = writeln!(
            text,
            "\n# Who works on {}. The hours are those for selling alone.\n[sales]\nreps.team = {{ count = {}, cost_per_week = {} }}   # {}pay: assumed\nhours_per_week = {}\nselling_time = \"{}%\"{assumed}\nhours_per_lead = {}       # {why}\nhours_per_opportunity = {}   # {why}\nopportunity_rate = {opportunity_rate}\nclose_rate = {}\ncycle_weeks = \"{} to {}\"   # assumed: from the first contact to the {}\nlead_half_life = {}   # assumed: weeks until half of those who wait have gone elsewhere",
            plural(business.lead),
            plain(people),
            written(business.pay),
            if self.answers.people.is_none() { "number and " } else { "" },
            plain(week),
            plain((hours / week * 1000.0).round() / 10.0),
            hundredths(business.hours_per_lead),
            hundredths(business.hours_per_opportunity),
            self.close_rate(),
            plain(fast),
            plain(slow),
            business.win,
            plain(business.half_life),
        );
    }

    fn chat(&self, text: &mut String) {
        let (people, hours) = self.answers.people.unwrap_or((self.business.people, self.business.hours));
        let mark = if self.answers.people.is_none() { "   # assumed" } else { "" };
        let _ = writeln!(
            text,
            "\n# Who answers questions before people buy.\n[online.chat]\nagents = {}{mark}\nhours_per_week = {}{mark}\nchats_per_hour = 4               # assumed\nchat_share = \"1% to 3%\"           # assumed: of those who come\nanswered = \"1.2 to 1.8\"           # assumed: how much more often they buy\nmissed = 0.8                     # assumed\ncost_per_week = {}               # assumed",
            plain(people),
            plain(hours),
            written(self.business.pay),
        );
    }

    fn customers(&self, text: &mut String) {
        let Some((low, high)) = self.business.repeat else { return };
        let (active, mark) = match self.answers.open {
            Some((active, _)) => (active, ""),
            None => (self.business.open, "   # assumed"),
        };
        let (usual, _) = self.value();
        let _ = writeln!(
            text,
            "\n# Customers of today, and how often they buy again.\n[customers]\nactive = {}{mark}\nrepeat_rate = \"{} to {} a month\"   # assumed ({})\nrepeat_value = {}\nchurn_rate = \"2.5% to 4% a month\"   # assumed (knowledgelib.io 2026)",
            written(active),
            plain(low),
            plain(high),
            self.business.source,
            written(usual)
        );
    }

    /// A usual sale, and one that one in ten exceeds.
    fn value(&self) -> (f64, f64) {
        let (usual, large) = self.business.value;
        match self.answers.value {
            Some((own, Some(own_large))) => (own, own_large),
            Some((own, None)) => (own, own * large / usual),
            None => (usual, large),
        }
    }

    fn deals(&self, text: &mut String) {
        let (usual, large) = self.value();
        let (of_usual, of_large) = match self.answers.value {
            Some((_, Some(_))) => ("", ""),
            Some((_, None)) => ("", "assumed: "),
            None => ("   # assumed", "assumed: "),
        };
        let _ = writeln!(
            text,
            "\n[deals]\nmedian_value = {}{of_usual}\nvalue_p90 = {}   # {of_large}one in ten is larger",
            written(usual),
            written((large * 100.0).round() / 100.0),
        );
    }

    fn open(&self, text: &mut String) {
        if self.business.online {
            return;
        }
        let ((count, value), mark) = match self.answers.open {
            Some(open) => (open, ""),
            None => ((self.business.open, None), "   # assumed"),
        };
        if count < 1.0 {
            return;
        }
        let (fast, slow) = self.business.cycle_weeks;
        let _ = writeln!(
            text,
            "\n# What is open today; its close rate is that of [sales].\n[deals.open.today]\ncount = {}{mark}\nweeks_to_close = {}   # assumed: half of the way is done",
            plain(count),
            plain(((fast + slow) / 4.0 * 10.0).round().max(5.0) / 10.0),
        );
        if let Some(value) = value {
            let _ = writeln!(text, "average_value = {}", written(value));
        }
    }

    fn finance(&self) -> String {
        let (low, high) = self.business.margin;
        format!(
            "\n[finance]\ngross_margin = {}   # assumed: what is left of revenue after goods and delivery\n",
            percents((low, high))
        )
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::plausibility::flags;
    use crate::interview::{BUSINESSES, QUESTIONS};
    use crate::reading::Files;
    use crate::scenario::Loader;

    /// A plan that is right and raises no flag.
    fn check(business: &'static Business, answers: &Answers) {
        let text = write(business, answers);
        let files = Files::in_memory([("plan.toml", text.clone().into_bytes())]);
        let loaded = Loader::of(files).load(Path::new("plan.toml"), None, &[] as &[&str]);
        let scenario = loaded.unwrap_or_else(|error| panic!("{}: {error}\n{text}", business.key)).scenario;
        let flags = flags(&scenario.plan, &scenario.stated, &scenario.currency);
        assert!(flags.is_empty(), "{}: {flags:?}\n{text}", business.key);
        assert!(text.lines().all(|line| line.len() < 200), "{text}");
    }

    #[test]
    fn whatever_is_known_of_whatever_business_the_plan_is_right_and_raises_no_flag() {
        for business in BUSINESSES {
            // Each question is answered or not.
            for known in 0..1 << QUESTIONS.len() {
                let mut answers = Answers::default();
                for (at, question) in QUESTIONS.into_iter().enumerate() {
                    if known >> at & 1 == 1 {
                        let example = question.example(business);
                        answers.take(question, business, &example).expect("its own example");
                    }
                }
                check(business, &answers);
            }
        }
    }

    #[test]
    fn what_nobody_knew_is_marked_and_what_was_counted_is_taken() {
        let clinic = &BUSINESSES[0];
        let mut answers = Answers::default();
        answers.take(QUESTIONS[3], clinic, "300 calls, 120 booked, 95 came").expect("counts");
        answers.take(QUESTIONS[1], clinic, "Google Ads 9k, referral 0").expect("channels");
        let text = write(clinic, &answers);
        for line in [
            "opportunity_rate = \"120 of 300\"",
            "close_rate = \"95 of 120\"",
            "label = \"Google Ads\"",
            "[channels.referral_2]",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let rest = text.lines().find(|line| line.contains("in 13 weeks")).expect("the rest of what was counted");
        assert!(rest.contains("the rest of the 300 you counted"), "{rest}");
        check(clinic, &answers);
    }

    #[test]
    fn odd_answers_make_right_plans_too() {
        for (question, answer) in [
            (1, "search 0"),
            (1, "flyers 0, talk 0, newsletter 0, blog 0, tiktok 0"),
            (1, "search 5; search 5; \u{1f600} 7"),
            (2, "1, 2"),
            (2, "40, 70"),
            (3, "1, 0"),
            (3, "90_000, 5"),
            (5, "0"),
        ] {
            for business in BUSINESSES {
                let mut answers = Answers::default();
                if answers.take(QUESTIONS[question], business, answer).is_ok() {
                    let text = write(business, &answers);
                    let files = Files::in_memory([("plan.toml", text.clone().into_bytes())]);
                    let loaded = Loader::of(files).load(Path::new("plan.toml"), None, &[] as &[&str]);
                    loaded.unwrap_or_else(|error| panic!("{} {answer}: {error}\n{text}", business.key));
                }
            }
        }
    }
}
