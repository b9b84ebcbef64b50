//! The channels of a scenario, each with the rates that are published for its kind.

use std::fmt::Write as _;

use crate::model::channels::RESERVED;
use crate::units::{plain, written};

use super::super::answers::Money;
use super::Plan;
use super::published::{COST_OF_A_CONTACT, WEEKS, middle, percents, pieces, published_leads, rates};

/// Where the figures of clicks come from.
const CLICKS: &str = "LocaliQ 2025";

impl Plan<'_> {
    /// Writes every channel, and what comes without spending.
    pub(super) fn channels(&self, text: &mut String) {
        let paid: f64 = self.money.iter().map(|own| self.fits * published_leads(self.business, own)).sum();
        let rest = (self.counts.leads - paid).max(1.0).round();
        let free: Vec<&Money> = self.money.iter().filter(|own| own.avenue.kind == "baseline").collect();
        let parts = free.len().max(1) as f64;
        let mut names = Vec::new();
        for own in &self.money {
            let name = name_of(&own.label, &names);
            let _ = writeln!(text, "\n[channels.{name}]\nlabel = {}", quoted(&own.label));
            names.push(name);
            self.channel(text, own, (rest / parts).max(1.0).round());
        }
        if free.is_empty() {
            let name = name_of("word of mouth", &names);
            let _ = writeln!(
                text,
                "\n# What comes without spending: recommendations, people who know you already.\n[channels.{name}]"
            );
            self.unpaid(text, rest);
        }
    }

    fn channel(&self, text: &mut String, own: &Money, rest: f64) {
        let budget = own.budget;
        let said = match own.avenue.kind {
            "ppc" if budget > 0.0 => self.clicks(own),
            "ppc" => self.clicks_without_spend(own),
            "seo" => self.articles(own),
            "email" => self.mails(own),
            "print" => self.insertion(own),
            "event" => event(budget),
            _ => {
                self.unpaid(text, rest);
                if budget > 0.0 {
                    let _ = writeln!(text, "fixed_cost = {}", written(budget));
                }
                return;
            }
        };
        let _ = writeln!(text, "{said}");
        if self.fits < 0.95 {
            let (low, high) = (self.fits * 0.8, (self.fits * 1.2).min(0.99));
            let why = match self.answers.counts {
                Some(counts) => format!("all channels bring no more than the {} you counted", written(counts.leads)),
                None => "not everybody who writes is a buyer".into(),
            };
            let _ = writeln!(text, "qualified = {}   # assumed: {why}", percents((low, high)));
        }
        self.route(text);
    }

    /// Clicks of an account that buys some today.
    fn clicks(&self, own: &Money) -> String {
        let (rate, price) = rates(self.business, own);
        let spend = own.budget / WEEKS;
        let clicks = (spend / middle(price)).max(1.0).round();
        format!(
            "kind = \"ppc\"\nbudget = {}\ntoday = {{ spend = {}, clicks = {}, share = \"50%\" }}   # assumed: a week of your ad account, {} a click ({CLICKS})\ncost_factor = \"0.85 to 1.2\"      # assumed: how prices may have moved\nvisit_to_lead = {}   # assumed ({CLICKS})\nvariation = 0.2                  # assumed: weeks differ by a fifth",
            written(own.budget),
            plain(spend.round().max(1.0)),
            plain(clicks),
            plain((spend / clicks * 100.0).round() / 100.0),
            percents(rate)
        )
    }

    fn clicks_without_spend(&self, own: &Money) -> String {
        let (rate, price) = rates(self.business, own);
        format!(
            "kind = \"ppc\"\nbudget = 0\ncost_per_click = \"{} to {}\"   # assumed ({CLICKS})\nclicks_available = 300           # assumed: a week\nvisit_to_lead = {}   # assumed ({CLICKS})",
            plain(price.0),
            plain(price.1),
            percents(rate)
        )
    }

    fn articles(&self, own: &Money) -> String {
        let (rate, _) = rates(self.business, own);
        let (low, high) = self.business.visits;
        format!(
            "kind = \"seo\"\nbudget = {}\ncost_per_article = 400           # assumed\nvisits_per_article = \"3 to 15\"    # assumed: a week, once it ranks, which takes half a year\nbaseline_visits = \"{} to {}\"   # assumed: visits a week from search today; your web statistics know\nvisit_to_lead = {}   # assumed (Ruler Analytics 2026)",
            written(own.budget),
            written(low),
            written(high),
            percents(rate)
        )
    }

    fn mails(&self, own: &Money) -> String {
        let (rate, _) = rates(self.business, own);
        let list = self.business.list;
        // A little more, since some leave the list.
        let cost = (1030.0 * own.budget / (list * WEEKS)).max(0.5);
        format!(
            "kind = \"email\"\nbudget = {}\nlist_size = {}              # assumed: addresses\ncost_per_thousand = {}          # one mail a week for the budget\nmax_sends_per_week = 1\nclick_rate = \"1.3% to 2.9%\"       # assumed (Klaviyo 2026, Mailchimp 2019)\nunsubscribe_rate = \"0.25%\"        # assumed (Mailchimp 2019)\nclick_to_lead = {}   # assumed",
            written(own.budget),
            written(list),
            plain((cost * 100.0).ceil() / 100.0),
            percents(rate)
        )
    }

    fn insertion(&self, own: &Money) -> String {
        let (rate, _) = rates(self.business, own);
        format!(
            "kind = \"print\"\nbudget = {}\nflighting = {{ weeks = [3, 3] }}    # assumed: once, in week 3\ncost_per_insertion = {}\ncirculation = {}            # assumed: 0.60 a piece\nresponse_rate = {}   # assumed (ANA/DMA 2018, DMA 2003)",
            written(own.budget),
            written(own.budget.max(1.0)),
            written(pieces(own.budget)),
            percents(rate)
        )
    }

    fn unpaid(&self, text: &mut String, rest: f64) {
        let leads = match self.answers.counts {
            Some(counts) => {
                format!("\"{} in 13 weeks\"   # the rest of the {} you counted", plain(rest), plain(counts.leads))
            }
            None => {
                let [low, high] = [0.7, 1.3].map(|part| plain((part * rest / WEEKS * 100.0).round().max(1.0) / 100.0));
                format!("\"{low} to {high}\"   # assumed: a week")
            }
        };
        let _ = writeln!(text, "kind = \"baseline\"\nleads = {leads}");
        self.route(text);
    }

    /// Where people buy online, every channel says how many of them do.
    fn route(&self, text: &mut String) {
        if self.business.online {
            let _ = writeln!(text, "route = \"online\"\nclose_rate = {}", self.close_rate());
        }
    }
}

fn event(budget: f64) -> String {
    let contacts = (budget / COST_OF_A_CONTACT).max(1.0);
    format!(
        "kind = \"event\"\nbudget = {}\nflighting = {{ weeks = [5, 5] }}    # assumed: one, in week 5\ncost_per_event = {}\nleads_per_event = \"{} to {}\"   # assumed: 214 a contact (CEIR)\nhalf_life = 1                    # assumed: weeks until half of them have called",
        written(budget),
        written(budget.max(1.0)),
        plain((0.6 * contacts).max(0.5).round().max(0.5)),
        plain((1.5 * contacts).round().max(2.0))
    )
}

/// A label as a string of the file, without what would need an escape.
fn quoted(label: &str) -> String {
    let clean: String = label.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    format!("\"{clean}\"")
}

/// A key that is not taken.
fn name_of(label: &str, taken: &[String]) -> String {
    let key: String = label.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let key = key.trim_matches('_').to_owned();
    let key = if key.is_empty() { "channel".to_owned() } else { key };
    let is_free = |key: &String| !taken.contains(key) && !RESERVED.contains(&&**key);
    let numbered = (2..).map(|number| format!("{key}_{number}"));
    std::iter::once(key.clone()).chain(numbered).find(is_free).unwrap_or(key)
}
