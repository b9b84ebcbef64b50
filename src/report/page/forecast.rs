//! The page of a forecast.

use crate::analysis::Marginal;
use crate::charts::Topic;
use crate::engine::Forecast;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;
use crate::text::Currency;

use super::super::answer::answer;
use super::super::charts::pictures;
use super::super::forecast_report::ForecastReport;
use super::super::key_figures::{chance, limit, range};
use super::super::tables::{Shown, channels, headline, headline_remarks, revenue_split};
use super::super::{letters, limits, ratios, remarks, returns, words};
use super::{Block, Findings, Page, Section};

impl ForecastReport<'_> {
    /// What is handed over of it.
    #[must_use]
    pub fn page(&self) -> Page {
        let Self { scenario, plan, forecast, marginal, shown, made, .. } = *self;
        let told = Told { scenario, forecast, marginal, shown, headlines: shown.headlines(forecast) };
        let mut sections =
            vec![told.outcomes(), told.weeks(), told.channels(), told.changes(), told.team(), told.notes()];
        sections.retain(|section| !section.blocks.is_empty());
        let subject = words::subject(scenario, forecast);
        let findings = Findings { subject, answer: answer(scenario, forecast, marginal), sections };
        let figures = vec![chance(scenario, forecast), range(scenario, forecast), limit(scenario, forecast, marginal)];
        Page { figures, ..Page::of_plan(scenario, plan, made, findings) }
    }
}

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

    fn charts(&self, topic: Topic) -> impl Iterator<Item = Block> {
        let all = pictures(self.scenario, self.forecast).into_iter();
        all.filter(move |(own, _)| *own == topic).map(|(_, picture)| Block::chart(picture.drawing))
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
