//! Every table of a scenario file and the keys it may hold: what readers check files against, for those who write them.

use crate::model::channels::{ADSTOCK_KINDS, COMMON_KEYS, KINDS, PPC_TODAY_KEYS, SATURATION_KINDS};
use crate::model::schema::Key;
use crate::model::{
    brand, conditions, correlations, customers, deals, delivery, finance, horizon, market, nurture, online, open_deals,
    prospecting, rules, sales, segments, team,
};

use super::{ROOT_KEYS, SIMULATION_KEYS};

/// A table of a scenario file.
#[derive(Clone, Debug)]
pub struct TableReference {
    /// its header, with NAME for a name of one's own
    pub path: &'static str,
    /// the kind for which these keys hold, where the table has several
    pub kind: Option<&'static str>,
    /// what the table is
    pub about: &'static str,
    /// its keys
    pub keys: Vec<&'static Key>,
}

/// Every table, in the order in which one writes them.
#[must_use]
pub fn tables() -> Vec<TableReference> {
    let mut tables = vec![
        table("", "at the top of the file", ROOT_KEYS),
        table("horizon", "the weeks that are planned", horizon::KEYS),
        table("simulation", "how the plan is simulated", SIMULATION_KEYS),
        table("market", "demand that all channels share", market::KEYS),
        table("shocks.NAME", "a risk that may come true", conditions::SHOCK_KEYS),
        table("promotions.NAME", "a promotion", conditions::PROMOTION_KEYS),
        table("segments.NAME", "a kind of buyers", segments::KEYS),
        table("brand", "goodwill that lifts demand", brand::KEYS),
        table("channels.NAME", "a channel, of any kind", COMMON_KEYS),
    ];
    for &(word, groups) in KINDS {
        tables.push(TableReference {
            path: "channels.NAME",
            kind: Some(word),
            about: "further keys of the kind",
            keys: groups.iter().flat_map(|group| group.iter()).collect(),
        });
    }
    tables.push(table(
        "channels.NAME.today",
        "an ordinary week of a ppc channel, as the ad account shows it",
        PPC_TODAY_KEYS,
    ));
    for (path, kinds) in [("channels.NAME.adstock", ADSTOCK_KINDS), ("channels.NAME.saturation", SATURATION_KINDS)] {
        tables.extend(kinds.iter().map(|&(word, keys)| TableReference {
            path,
            kind: Some(word),
            about: "of a response channel",
            keys: keys.iter().collect(),
        }));
    }
    tables.extend([
        table("nurture", "newsletters to leads that are not ready yet", nurture::KEYS),
        table("online", "help for leads that buy online", online::KEYS),
        table("online.chat", "people who answer their chats", online::CHAT_KEYS),
        table("sales", "the sales team", sales::KEYS),
        table("sales.prospecting", "time set aside for leads of the team's own", prospecting::KEYS),
        table("sales.reps.NAME", "a group of reps", team::KEYS),
        table("deals", "what a win is worth", deals::KEYS),
        table("deals.open.NAME", "deals that are open today", open_deals::KEYS),
        table("delivery", "how many deals can be delivered, and the hours that this takes", delivery::KEYS),
        table("booked", "what is booked before week 1 of what the targets cover", delivery::BOOKED_KEYS),
        table("customers", "customers who order again, bring others, and leave", customers::KEYS),
        table("customers.referrals", "leads that customers bring", customers::REFERRAL_KEYS),
        table("customers.loyalty", "a loyalty program", customers::LOYALTY_KEYS),
        table("finance", "from revenue to profit", finance::KEYS),
    ]);
    tables.extend(rules::KINDS.iter().map(|&(word, keys)| TableReference {
        path: "rules.NAME",
        kind: Some(word),
        about: "how marketing reacts to what it sees",
        keys: keys.iter().collect(),
    }));
    tables.push(table(
        "[correlations]",
        "uncertain figures that move together, as often as needed",
        correlations::CORRELATION_KEYS,
    ));
    tables
}

/// The keys that a path may mean: several where channels of several kinds know it.
#[must_use]
pub fn keys_at(path: &[String]) -> Vec<&'static Key> {
    let Some((last, headers)) = path.split_last() else {
        return Vec::new();
    };
    let leads_there = |table: &TableReference| {
        let names = table.path.split('.').filter(|name| !name.is_empty());
        names.clone().count() == headers.len() && names.zip(headers).all(|(name, own)| name == "NAME" || name == own)
    };
    tables().into_iter().filter(leads_there).flat_map(|table| table.keys).filter(|key| key.name == last).collect()
}

fn table(path: &'static str, about: &'static str, keys: &'static [Key]) -> TableReference {
    TableReference { path, kind: None, about, keys: keys.iter().collect() }
}
