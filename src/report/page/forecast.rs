//! The page of a forecast.

use crate::analysis::Marginal;
use crate::charts::Topic;
use crate::engine::{Forecast, Stats};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::{RawPlan, Scenario};
use crate::text::{Currency, futures, percent, short};

use super::super::answer::{self, answer};
use super::super::charts::pictures;
use super::super::tables::{Shown, channels, headline, headline_remarks, revenue_split};
use super::super::{letters, limits, ratios, remarks, returns, words, words_changed};
use super::inputs;
use super::{Block, KeyFigure, Made, Page, Section};

/// The page of a forecast, as HTML.
#[must_use]
pub fn forecast_page(
    scenario: &Scenario,
    plan: &RawPlan,
    forecast: &Forecast,
    marginal: &Marginal,
    shown: Shown<'_>,
    made: &Made<'_>,
) -> String {
    let told = Told { scenario, forecast, marginal, shown, headlines: shown.headlines(forecast) };
    let mut sections = vec![told.outcomes(), told.weeks(), told.channels(), told.changes(), told.team(), told.notes()];
    sections.retain(|section| !section.blocks.is_empty());
    sections.push(inputs::section(scenario, plan));
    sections.push(made.section(scenario));
    let page = Page {
        title: scenario.title(),
        subject: words::subject(scenario, forecast),
        changed: words_changed::changes(&scenario.changed),
        answer: answer(scenario, forecast, marginal),
        figures: vec![told.target(), told.range(), told.limit()],
        plans: Vec::new(),
        sections,
        foot: made.foot(scenario),
    };
    page.html()
}

/// Figures from here on are written short.
const LONG: f64 = 1e9;

struct Told<'f> {
    scenario: &'f Scenario,
    forecast: &'f Forecast,
    marginal: &'f Marginal,
    shown: Shown<'f>,
    headlines: Vec<OutcomeId>,
}

impl Told<'_> {
    fn currency(&self) -> Currency<'_> {
        Currency(&self.scenario.currency)
    }

    fn futures(&self) -> &'static str {
        futures(self.scenario.plan.parts.horizon.weeks)
    }

    fn figure(&self, unit: Unit, figure: &str) -> String {
        match unit {
            Unit::Money => self.currency().with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    fn charts(&self, topic: Topic) -> impl Iterator<Item = Block> {
        let all = pictures(self.scenario, self.forecast).into_iter();
        all.filter(move |(own, _)| *own == topic).map(|(_, picture)| Block::chart(picture.drawing))
    }

    /// The chance of the first target; without one, of a profit.
    fn target(&self) -> KeyFigure {
        if let Some(target) = self.forecast.targets.first() {
            let chance = &target.chance;
            return KeyFigure {
                name: format!("Chance of {}", crate::text::lower(&words::target_name(target, self.currency()))),
                figure: percent(chance.probability),
                beside: format!("{} to {} with the simulation's margin", percent(chance.low), percent(chance.high)),
            };
        }
        let profits = OutcomeId::named("profit").and_then(|id| self.forecast.draws.column(id)).unwrap_or_default();
        let defined = profits.iter().filter(|profit| !profit.is_nan()).count();
        if defined == 0 {
            return KeyFigure {
                name: "Chance of the target".into(),
                figure: "–".into(),
                beside: "The plan has no target: write one in [targets]".into(),
            };
        }
        let gains = profits.iter().filter(|&&profit| profit >= 0.0).count();
        KeyFigure {
            name: "Chance not to lose money".into(),
            figure: percent(gains as f64 / defined as f64),
            beside: format!("of {} within the plan's weeks; the plan has no target", self.futures()),
        }
    }

    /// P10, P50 and P90 of the first target's outcome, else of revenue.
    fn range(&self) -> KeyFigure {
        let aimed = self.forecast.targets.first().map(|target| target.outcome);
        let id = aimed.or_else(|| OutcomeId::named("revenue")).unwrap_or_default();
        let outcome = id.outcome();
        let stats: Option<&Stats> = self.forecast.outcome(outcome.key);
        let least = if outcome.unit == Unit::Count { 1.0 } else { 0.0 };
        let is_long = stats.is_some_and(|stats| stats.p90().abs().max(stats.p10().abs()) >= LONG);
        let level = |level: f64| match stats {
            None => "–".to_owned(),
            Some(stats) if is_long => short(stats.percentile(level)),
            Some(stats) => ratios::percentile(outcome, stats, level, 1.0, least),
        };
        KeyFigure {
            name: format!("{}, the middle (P50)", outcome.title),
            figure: self.figure(outcome.unit, &level(0.5)),
            beside: format!("{} (P10) to {} (P90) in 8 of 10 {}", level(0.1), level(0.9), self.futures()),
        }
    }

    fn limit(&self) -> KeyFigure {
        let (figure, beside) = answer::limit_in_short(self.scenario, self.forecast, self.marginal);
        KeyFigure { name: "What limits the plan".into(), figure, beside }
    }

    fn outcomes(&self) -> Section {
        let mut blocks = Vec::new();
        let no_tail = self.scenario.plan.parts.horizon.tail == 0;
        blocks.extend(Block::table("Results", &headline(self.forecast, &self.headlines, self.currency(), no_tail)));
        blocks.push(Block::small(words::levels(self.forecast)));
        blocks.extend(headline_remarks(self.scenario, self.forecast, &self.headlines).into_iter().map(Block::small));
        let targets = self.forecast.targets.iter().map(|target| words::target(target, self.currency()));
        blocks.extend(Block::list(targets.collect()));
        blocks.extend(self.charts(Topic::Outcome));
        blocks.extend(revenue_split(self.forecast, &self.scenario.plan, self.currency()).map(Block::text));
        blocks.extend(words::tail(self.scenario, self.forecast).map(Block::text));
        Section::of("results", "What the plan brings", blocks)
    }

    fn weeks(&self) -> Section {
        Section::of("weeks", "When it comes", self.charts(Topic::Weeks).collect())
    }

    fn channels(&self) -> Section {
        let mut blocks = Vec::new();
        let table = channels(self.forecast, &self.scenario.plan, self.marginal, &self.headlines);
        blocks.extend(Block::table("By channel and source", &table));
        let has = |part: &str| table.to_string().contains(part);
        if has(ratios::TOO_FEW) {
            blocks.push(Block::small(ratios::TOO_FEW_WINS));
        }
        let below = [Some(words::BELOW_CHANNELS.to_owned()), returns::below_channels(self.scenario, self.marginal)];
        blocks.extend(below.into_iter().flatten().map(Block::small));
        if has("≈") {
            blocks.push(Block::small(words::NEAR_NOTHING));
        }
        blocks.extend(self.charts(Topic::Channels));
        blocks.extend(remarks::unspent(self.scenario, self.forecast).into_iter().map(Block::text));
        Section::of("channels", "Where it comes from", blocks)
    }

    fn changes(&self) -> Section {
        let mut blocks = Vec::new();
        let limits = limits::limits(self.scenario, self.forecast, self.marginal);
        blocks.extend(Block::table("What a tenth more would bring", &limits));
        blocks.push(Block::small(limits::below(self.scenario, self.forecast, self.marginal)));
        blocks.extend(remarks::reps(self.scenario, self.marginal).into_iter().map(Block::text));
        blocks.extend(self.shown.rests_on.sentence(self.scenario).map(Block::text));
        blocks.extend(returns::drawing_of(self.scenario, self.marginal).map(Block::chart));
        Section::of("changes", "What would change it", blocks)
    }

    fn team(&self) -> Section {
        let (scenario, forecast) = (self.scenario, self.forecast);
        let mut blocks: Vec<Block> = self.charts(Topic::Team).collect();
        let sentences = [
            words::team(forecast),
            remarks::quota(forecast),
            remarks::chat(forecast),
            remarks::delivery(scenario, forecast),
            remarks::promotions(scenario),
            remarks::rules(scenario),
        ];
        blocks.extend(sentences.into_iter().flatten().map(Block::text));
        Section::of("team", "Who works for it", blocks)
    }

    fn notes(&self) -> Section {
        let notes = words::closing_notes(&self.forecast.notes).map(words::note).chain(letters::note(self.scenario));
        Section::of("notes", "What to keep in mind", Block::list(notes.collect()).into_iter().collect())
    }
}
