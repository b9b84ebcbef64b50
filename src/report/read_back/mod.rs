//! The plan read back, as a planner works it out by hand: each channel as arithmetic, the team, the open pipeline, money
//! that can't be spent; and what should be looked at again. No forecast: every uncertain figure is taken at its middle.

mod figures;
mod team;

use crate::analysis::plausibility::{Flag, In, Published, flags, published};
use crate::model::channels::{Channel, Route, Usage};
use crate::model::open_deals::Pipeline;
use crate::model::outcomes::OutcomeId;
use crate::model::simulate::ChannelMiddle;
use crate::scenario::Scenario;
use crate::text::{Currency, capital, count, percent, with_error, wrap};
use crate::units::{number, plain};

use super::remarks;
use super::words::shown_name;
use figures::{counted, rounded};

/// The plan read back and what should be looked at again, in lines of so many columns.
#[must_use]
pub fn read_back(scenario: &Scenario, width: usize) -> String {
    let told = Told { scenario, currency: Currency(&scenario.currency) };
    let parts = &scenario.plan.parts;
    let middles = scenario.plan.channels_at_the_middle();
    let mut lines: Vec<String> = middles.iter().map(|own| told.channel(&parts.channels[own.channel], own)).collect();
    lines.extend(team::told(&scenario.plan, &middles));
    lines.extend(told.pipeline());
    lines.extend(
        middles
            .iter()
            .filter_map(|own| remarks::not_spent(&parts.channels[own.channel], own.spend, parts, &scenario.currency)),
    );
    lines.extend(flags(&scenario.plan, &scenario.stated, &scenario.currency).iter().map(|flag| told.flag(flag)));
    let lines: Vec<String> = lines.iter().map(|line| wrap(line, width, "  ")).collect();
    lines.join("\n")
}

struct Told<'s> {
    scenario: &'s Scenario,
    currency: Currency<'s>,
}

impl Told<'_> {
    fn money(&self, amount: f64) -> String {
        self.currency.with(&rounded(amount))
    }

    /// "Search: 24,000 buys about 7,000 clicks at 3.40 → 263 leads (91 each) → 11 wins; 14% of the clicks to be had."
    fn channel(&self, channel: &Channel, own: &ChannelMiddle) -> String {
        let mut steps = Vec::new();
        let budget = channel.budget();
        if budget > 0.0 {
            steps.push(match bought(channel, own) {
                Some(bought) => format!("{} buys {bought}", rounded(own.spend)),
                None => rounded(own.spend),
            });
        } else if channel.is_paid() {
            steps.push("no budget".into());
        }
        let each = match own.spend > 0.0 && own.leads > 0.0 {
            true => format!(" ({} each)", rounded(own.spend / own.leads)),
            false => String::new(),
        };
        if channel.counts_orders() {
            steps.push(format!("{}{each}", count(own.wins, "order")));
        } else {
            steps.push(format!("{}{each}", counted(own.leads, "lead")));
            if own.qualified < 0.995 * own.leads {
                steps.push(format!("{} qualified", rounded(own.qualified)));
            }
            match channel.route {
                Route::Online => steps.push(counted(own.wins, "order")),
                Route::Sales => {
                    steps.push(counted(own.opportunities, "opportunity"));
                    steps.push(counted(own.wins, "win"));
                }
            }
        }
        let worth = own.wins * own.value;
        let mut text = format!("{}: {}, worth {}", capital(shown_name(channel)), steps.join(" → "), self.money(worth));
        if let (Some(Usage::Share { used, ceiling }), true) = (own.usage, budget > 0.0)
            && ceiling.is_finite()
            && ceiling > 0.0
        {
            let noun = channel.kind.usage_noun().unwrap_or("room");
            text.push_str(&format!("; {} of the {noun} to be had", percent(used / ceiling)));
        }
        text.push('.');
        text
    }

    /// "The open pipeline, 140 deals of 2.4M, covers 3.3 times the revenue target; at its close rates it brings 640k."
    fn pipeline(&self) -> Option<String> {
        let plan = &self.scenario.plan;
        let (parts, drawn) = (&plan.parts, plan.middle());
        let usual = parts.deals.mean_value(&drawn);
        let (mut deals, mut quoted, mut expected) = (0.0, 0.0, 0.0);
        for group in &parts.deals.open {
            let rate = group.close_rate.unwrap_or(parts.sales.close_rate).of(&drawn);
            match &group.deals {
                Pipeline::Counted { count, average_value } => {
                    let value = average_value.map_or(usual, |value| value.of(&drawn));
                    let count = count.of(&drawn);
                    deals += count;
                    quoted += count * value;
                    expected += count * value * rate;
                }
                Pipeline::Listed { deals: listed, .. } => {
                    deals += number(listed.len() as u64);
                    quoted += listed.iter().map(|deal| deal.amount).sum::<f64>();
                    expected += listed.iter().map(|deal| deal.amount * deal.close_rate.unwrap_or(rate)).sum::<f64>();
                }
            }
        }
        if deals == 0.0 {
            return None;
        }
        let target = ["new_revenue", "revenue"].into_iter().find_map(|key| {
            let id = OutcomeId::named(key)?;
            let (_, target) = self.scenario.targets.iter().find(|(own, _)| *own == id)?;
            (*target > 0.0).then_some(*target)
        });
        let covers = target.map_or_else(String::new, |target| {
            format!(" covers {} times the revenue target and", with_error(quoted / target, Some(0.1)))
        });
        Some(format!(
            "The open pipeline, {} of {} together,{covers} brings {} at its close rates, in the plan or later.",
            counted(deals, "deal"),
            self.money(quoted),
            self.money(expected),
        ))
    }

    fn flag(&self, flag: &Flag) -> String {
        let text = match flag {
            Flag::Unusual { path, middle, published: at } => self.unusual(path, *middle, published(*at)),
            Flag::LooksLikeDays { path, weeks } => format!(
                "{path} is {} weeks: is it meant in days? Published: {} ({}).",
                rounded(*weeks),
                published_of("cycle_weeks").range,
                published_of("cycle_weeks").source,
            ),
            Flag::HoursFarShort { ratio, works_on } => team::far_short(*ratio, *works_on),
            Flag::CountedTwice { value, a_year } => format!(
                "a win is worth {}, and a customer orders for {} a year on top: is a year's revenue counted twice? Where average_value is a year's contract, leave repeat_rate out.",
                self.money(*value),
                self.money(*a_year),
            ),
            Flag::ReordersTwice { channel } => format!(
                "{channel} brings reorders, and [customers] order again as well: are the same orders counted twice?"
            ),
            Flag::CurveUsedUp { channel, left } => format!(
                "{channel} would bring {} as much with half of its money: its curve is used up there. Are spend_scale and the figures of its saturation in the units of the model?",
                percent(*left),
            ),
            Flag::DearerThanWorth { channel, cost, worth } => format!(
                "{channel} spends {} for a win that leaves a gross profit of {}.",
                self.money(*cost),
                self.money(*worth),
            ),
        };
        format!("Look again: {text}")
    }

    fn unusual(&self, path: &str, middle: f64, published: &Published) -> String {
        let figure = match published.unit {
            In::Percent => format!("{}%", rounded(middle)),
            In::PercentAMonth => format!("{}% a month", rounded(middle)),
            In::PercentAYear => format!("{}% a year", rounded(middle)),
            In::EachAMonth => format!("{} a month", plain((middle * 1_000.0).round() / 1_000.0)),
            In::Money => self.currency.with(&rounded(middle)),
            In::Weeks => format!("{} weeks", rounded(middle)),
            In::Number => rounded(middle),
        };
        format!(
            "{path}, {}, is about {figure}. Published: {} ({}). If you counted it, write the count, \"18 of 80\".",
            published.name, published.range, published.source
        )
    }
}

fn published_of(key: &str) -> &'static Published {
    let at = crate::analysis::plausibility::PUBLISHED.iter().position(|own| own.is_of_key(key)).unwrap_or_default();
    published(at)
}

/// What a channel's money buys, in words.
fn bought(channel: &Channel, own: &ChannelMiddle) -> Option<String> {
    if let Some(piece) = channel.kind.piece() {
        let cost = piece.cost.certain()?;
        return Some(count((own.spend / cost).round(), piece.noun));
    }
    let Some(Usage::Share { used, .. }) = own.usage else { return None };
    match channel.kind.usage_noun()? {
        "clicks" if used > 0.0 => {
            Some(format!("about {} at {}", counted(used, "click"), with_error(own.spend / used, Some(0.01))))
        }
        "emails" => Some(format!("about {}", counted(used, "email"))),
        _ => None,
    }
}
