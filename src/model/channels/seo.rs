//! Content that ranks: articles bought now draw visits months later.
//!
//! Implements section 3 of docs/model.md, `seo`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};
use crate::random::saturation;
use crate::transcendental::ln_1p;
use crate::units::HUGE;

use super::parameters::{BRAND_KEYS, PAID_KEYS, PAST_KEYS, Parameters};
use super::step::{Flow, Offer, Step, Usage};

/// The keys of a `seo` channel.
const KEYS: &[Key] = &[
    Key::amount("cost_per_article")
        .above(0.0)
        .required()
        .unit("money per article")
        .about("what one piece of content costs")
        .example("1_000"),
    Key::amount("visits_per_article")
        .required()
        .unit("visits a week")
        .about("what an article draws once it ranks")
        .example("\"7 to 15\""),
    Key::amount("weeks_to_mature")
        .time()
        .at_least(2.0)
        .or(26.0)
        .unit("weeks")
        .about("the mean time from publishing to ranking")
        .example("26"),
    Key::fraction("decay")
        .a_week()
        .or(0.005)
        .unit("share of ranking traffic lost a week")
        .about("what ranking traffic loses without upkeep")
        .example("\"3% a month\""),
    Key::amount("baseline_visits")
        .or(0.0)
        .unit("visits a week")
        .about("visits that today's content draws")
        .example("3_200"),
    Key::amount("max_visits")
        .above(0.0)
        .unit("visits a week")
        .about("all the searches there are: the ceiling that visits approach; above the baseline")
        .example("12_000"),
    Key::fraction("visit_to_lead")
        .required()
        .unit("leads per visit")
        .about("the share of visits that leave their contact details")
        .example("\"1.2% to 1.8%\""),
];

/// A `seo` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Seo {
    cost_per_article: Quantity,
    visits_per_article: Quantity,
    weeks_to_mature: Quantity,
    decay: Quantity,
    baseline_visits: Quantity,
    max_visits: Option<Quantity>,
    visit_to_lead: Quantity,
}

impl Parameters for Seo {
    const WORD: &'static str = "seo";
    const USED: Option<&'static str> = Some("visits");
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, KEYS];
    type Draw = SeoDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        let parameters = Self {
            cost_per_article: fields.quantity("cost_per_article"),
            visits_per_article: fields.quantity("visits_per_article"),
            weeks_to_mature: fields.quantity("weeks_to_mature"),
            decay: fields.quantity("decay"),
            baseline_visits: fields.quantity("baseline_visits"),
            max_visits: fields.quantity_if("max_visits"),
            visit_to_lead: fields.quantity("visit_to_lead"),
        };
        let ceiling = parameters.max_visits.and_then(Quantity::certain);
        if let (Some(ceiling), Some(baseline)) = (ceiling, parameters.baseline_visits.certain())
            && ceiling <= baseline
        {
            fields.fault(
                "max_visits",
                "`max_visits` is the ceiling that visits approach: it must exceed `baseline_visits`",
                format!("not more than the baseline of {}", crate::units::plain(baseline)),
            );
        }
        parameters
    }

    fn carried_over(&self, drawn: &[f64]) -> f64 {
        1.0 - 2.0 / self.weeks_to_mature.of(drawn)
    }

    fn start(&self, drawn: &[f64], past_spend: f64) -> SeoDraw {
        let maturing = 2.0 / self.weeks_to_mature.of(drawn);
        let visits_per_money = (self.visits_per_article.of(drawn) / self.cost_per_article.of(drawn)).min(HUGE);
        let baseline = self.baseline_visits.of(drawn);
        let max_visits = self.max_visits.map(|ceiling| ceiling.of(drawn));
        let ranking = match max_visits {
            None => baseline,
            // A draw whose baseline reaches its ceiling starts just below it.
            Some(ceiling) => {
                let share = if ceiling > 0.0 { baseline / ceiling } else { 1.0 };
                -ceiling * ln_1p(-share.min(1.0 - 1e-9))
            }
        };
        let young = past_spend * visits_per_money / maturing;
        SeoDraw {
            maturing,
            kept: 1.0 - self.decay.of(drawn),
            visits_per_money,
            max_visits,
            visit_to_lead: self.visit_to_lead.of(drawn),
            young,
            older: young,
            ranking,
            planted: 0.0,
            visits: 0.0,
            ceiling: 0.0,
        }
    }
}

/// A `seo` channel in one draw: two stages of ripening content and the traffic that ranks, all in visits a week.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SeoDraw {
    maturing: f64,
    kept: f64,
    visits_per_money: f64,
    max_visits: Option<f64>,
    visit_to_lead: f64,
    young: f64,
    older: f64,
    ranking: f64,
    planted: f64,
    /// visits of the weeks so far, and the most there could have been
    visits: f64,
    ceiling: f64,
}

impl Step for SeoDraw {
    /// ```text
    /// V = S, or with a ceiling max·(1 − e^(−S/max));  leads = V·g·visit_to_lead
    /// ```
    fn step(&mut self, offer: Offer) -> Flow {
        self.planted = offer.money * self.visits_per_money;
        let visits = match self.max_visits {
            None => self.ranking,
            Some(ceiling) if ceiling > 0.0 => ceiling * saturation(self.ranking / ceiling),
            Some(_) => 0.0,
        };
        if let Some(ceiling) = self.max_visits {
            self.visits += visits;
            self.ceiling += ceiling;
        }
        Flow { spend: offer.money, leads: visits * offer.demand * self.visit_to_lead }
    }

    /// The end of the week, each stock from the old values of the others:
    ///
    /// ```text
    /// S ← (S + p·Y2)(1 − decay),  Y2 ← Y2(1 − p) + p·Y1,  Y1 ← Y1(1 − p) + a,  p = 2 / weeks to mature
    /// ```
    fn close(&mut self) {
        let p = self.maturing;
        self.ranking = (self.ranking + p * self.older) * self.kept;
        self.older = self.older * (1.0 - p) + p * self.young;
        self.young = self.young * (1.0 - p) + self.planted;
    }

    fn is_done(&self) -> bool {
        false
    }

    fn usage(&self) -> Option<Usage> {
        self.max_visits.map(|_| Usage::Share { used: self.visits, ceiling: self.ceiling })
    }
}
