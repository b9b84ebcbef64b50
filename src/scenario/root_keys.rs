//! The keys at the top of a scenario file.

use crate::model::schema::Key;

/// The keys at the top of a scenario file.
pub const ROOT_KEYS: &[Key] = &[
    Key::whole("version", 1.0, 1.0).or(1.0).about("the version of this format").example("1"),
    Key::text("name").about("what the plan is called").example("\"Tallyforge, third quarter\""),
    Key::text("description").about("what it is about").example("\"More events, fewer ads\""),
    Key::text("currency").unit("ISO code").about("the currency of all money, for display").example("\"USD\""),
    Key::text("extends")
        .unit("path, as seen from the folder of this file")
        .about("the scenario that this one builds on: tables merge, anything else is replaced")
        .example("\"base.toml\""),
    Key::table("variants")
        .about("other mixes of the same plan, [variants.NAME]: each holds what is different, in the same form"),
    Key::table("horizon").about("the weeks that are planned"),
    Key::table("simulation").about("how the plan is simulated"),
    Key::table("market").about("demand that all channels share"),
    Key::table("shocks").about("risk events, [shocks.NAME]"),
    Key::table("promotions").about("promotions, [promotions.NAME]"),
    Key::table("segments").about("kinds of buyers, [segments.NAME]"),
    Key::table("brand").about("goodwill that lifts demand"),
    Key::table("nurture").about("newsletters to leads that are not ready"),
    Key::table("online").about("help for leads that buy online"),
    Key::table("delivery").about("how many deals can be delivered, and the hours that this takes"),
    Key::table("booked").about("what is booked before week 1"),
    Key::table("customers").about("customers who order again and bring others"),
    Key::table("rules").about("how marketing reacts, [rules.NAME]"),
    Key::table("channels").about("the channels, [channels.NAME]"),
    Key::table("sales").about("the sales team"),
    Key::table("deals").about("what a win is worth, and the deals open today"),
    Key::table("finance").about("from revenue to profit"),
    Key::tables("correlations").about("uncertain inputs that move together"),
    Key::table("targets").about("outcomes to reach, for example revenue = 900_000"),
];
