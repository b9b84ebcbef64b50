//! Every key does something: each is changed once, and a figure must change with it. The list of keys comes from the
//! code, so that a new key without a line here fails.

use std::collections::BTreeSet;
use std::fs;

use foremix::engine::{Unwatched, forecast};
use foremix::report::summary;
use foremix::scenario::{Scenario, load, tables};

/// A plan in which every mechanism has work to do: hours are short, leads wait and leave, deals close late.
const BASE: &str = r#"
name = "Every key"
currency = "USD"
[horizon]
weeks = 8
tail_weeks = 6
[simulation]
runs = 128
[market]
volatility = 0.1
[targets]
revenue = 100_000
[sales]
selling_time = "30% to 40%"
hours_per_lead = 0.5
hours_per_opportunity = 4
opportunity_rate = "30% to 40%"
close_rate = "20% to 30%"
cycle_weeks = 3
lead_half_life = 2
leads_waiting = 30
[sales.reps.old]
count = 2
cost_per_week = 1_000
[sales.reps.new]
count = 1
start_week = 2
ramp_weeks = 4
[deals]
average_value = "3_000 to 6_000"
value_cv = 0.5
[deals.open.pipeline]
count = 12
weeks_to_close = 3
hours_left = 2
[finance]
gross_margin = "60%"
[channels.steady]
kind = "baseline"
leads = 10
"#;

const PPC: &str = "[channels.x]\nkind = \"ppc\"\nbudget = 9_000\ncost_per_click = \"2 to 3\"\nclicks_available = 900\nvisit_to_lead = 0.05\nvariation = 0.3\n";
const TODAY: &str = "[channels.x]\nkind = \"ppc\"\nbudget = 9_000\ntoday = { spend = 1_000, clicks = 400, share = 0.5 }\nvisit_to_lead = 0.05\n";
const SEO: &str = "[channels.x]\nkind = \"seo\"\nbudget = 4_000\ncost_per_article = 100\nvisits_per_article = 30\nbaseline_visits = 300\nmax_visits = 900\nvisit_to_lead = 0.05\n";
const EMAIL: &str = "[channels.x]\nkind = \"email\"\nbudget = 900\nlist_size = 5_000\ncost_per_thousand = 10\nclick_rate = 0.03\nunsubscribe_rate = 0.01\nclick_to_lead = 0.1\n";
const PRINT: &str = "[channels.x]\nkind = \"print\"\nbudget = 5_000\ncost_per_insertion = 800\ncirculation = 9_000\nresponse_rate = 0.002\n";
const EVENT: &str = "[channels.x]\nkind = \"event\"\nbudget = 5_000\ncost_per_event = 800\nleads_per_event = 20\n";
const RESPONSE: &str = "[channels.x]\nkind = \"response\"\nbudget = 8_000\nscale = 40\nspend_scale = 1_000\nadstock = { kind = \"geometric\", retention = 0.5 }\nsaturation = { kind = \"hill\", half = 0.8, slope = 1.4 }\n";

const DESKS: &str =
    "[sales.reps.closers]\ncount = 1\ndoes = \"opportunities\"\n[sales.reps.openers]\ncount = 2\ndoes = \"leads\"\n";

const MARKET: &str = r#"[segments.small]
close_multiplier = 0.9
[segments.large]
value_multiplier = 2
[channels.x]
kind = "ppc"
budget = 9_000
cost_per_click = "2 to 3"
clicks_available = 900
visit_to_lead = 0.05
qualified = 0.5
audience = { small = 0.7, large = 0.3 }
brand_share = 0.5
[channels.y]
kind = "email"
budget = 3_000
list_size = 5_000
cost_per_thousand = 10
click_rate = 0.03
click_to_lead = 0.1
[channels.shop]
kind = "baseline"
leads = 60
route = "online"
close_rate = 0.2
average_value = 100
[shocks.slump]
chance = 0.5
weeks = [2, 4]
demand = 0.5
[promotions.sale]
weeks = [3, 4]
lead_multiplier = 1.5
dip = 0.3
dip_weeks = 2
[brand]
max_lift = 0.5
half_spend = 5_000
half_life = 10
goodwill = 1_000
[nurture]
rate = 0.02
fade = 0.01
pool = 300
[online.chat]
agents = 1
hours_per_week = 10
chats_per_hour = 1
chat_share = 0.5
answered = 2
missed = 0.5
[sales.prospecting]
share_of_time = 0.1
hours_per_lead = 3
[delivery]
per_week = 14
[booked]
revenue = 10_000
wins = 2
marketing = 1_000
[customers]
active = 300
repeat_rate = 0.01
repeat_value = 200
repeat_cv = 0.5
churn_rate = 0.02
referral_rate = 0.01
[customers.referrals]
close_rate = 0.5
[customers.loyalty]
cost_per_customer = 0.5
repeat_multiplier = 1.2
churn_multiplier = 0.8
start_week = 2
[rules.shift]
kind = "reallocate"
every = 2
shift = 0.5
by = "cost_per_qualified"
[rules.brake]
kind = "throttle"
channels = ["x"]
backlog_weeks = 0.1
to = 0.5
[[correlations]]
between = ["sales.opportunity_rate", "sales.close_rate"]
rank = 0.5
"#;

/// A key, the channel that it needs, and the setting that changes it.
struct Change {
    key: &'static str,
    channel: &'static str,
    setting: &'static str,
}

const fn change(key: &'static str, channel: &'static str, setting: &'static str) -> Change {
    Change { key, channel, setting }
}

/// `path|kind|key` as the reference names them, and a change of each.
const CHANGES: &[Change] = &[
    change("||version", "", "version=1"),
    change("||name", "", "name=Another"),
    change("||description", "", "description=Anything"),
    change("||currency", "", "currency=EUR"),
    change("horizon||start", "", "horizon.start=2027-01-04"),
    change("horizon||weeks", "", "horizon.weeks=9"),
    change("horizon||tail_weeks", "", "horizon.tail_weeks=3"),
    change("horizon||tail_load", "", "horizon.tail_load=0.1"),
    change("simulation||runs", "", "simulation.runs=129"),
    change("simulation||seed", "", "simulation.seed=2"),
    change("simulation||sampling", "", "simulation.sampling=random"),
    change("simulation||widen", "", "simulation.widen=1.5"),
    change("market||growth_per_week", "", "market.growth_per_week=2%"),
    change("market||volatility", "", "market.volatility=0.2"),
    change("market||persistence", "", "market.persistence=0.5"),
    change("market||seasonality", "", "market.seasonality=[2, 1, 1]"),
    change("channels.NAME||revenue_share", "", "channels.steady.revenue_share=0.1"),
    change("channels.NAME||new_customers", MARKET, "channels.shop.new_customers=false"),
    change("channels.NAME||fixed_cost", PPC, "channels.x.fixed_cost=100"),
    change("channels.NAME||staff_hours_per_week", PPC, "channels.x.staff_hours_per_week=3"),
    change("channels.NAME||seasonality", PPC, "channels.x.seasonality=[2, 0]"),
    change("channels.NAME||variation", PPC, "channels.x.variation=0.5"),
    change("channels.NAME||variation_persistence", PPC, "channels.x.variation_persistence=0.5"),
    change("channels.NAME||qualified", PPC, "channels.x.qualified=0.5"),
    change("channels.NAME||route", PPC, "channels.x={ route = \"online\", close_rate = 0.2 }"),
    change("channels.NAME||opportunity_rate", PPC, "channels.x.opportunity_rate=0.1"),
    change("channels.NAME||close_rate", PPC, "channels.x.close_rate=0.9"),
    change("channels.NAME||average_value", PPC, "channels.x.average_value=9_000"),
    change("channels.NAME||kind", "", "channels.y={ kind = \"baseline\", leads = 3 }"),
    change("channels.NAME|ppc|budget", PPC, "channels.x.budget=5_000"),
    change("channels.NAME|ppc|flighting", PPC, "channels.x.flighting=front_loaded"),
    change("channels.NAME|ppc|cost_per_click", PPC, "channels.x.cost_per_click=4"),
    change("channels.NAME|ppc|clicks_available", PPC, "channels.x.clicks_available=500"),
    change("channels.NAME|ppc|today", TODAY, "channels.x.today.share=0.6"),
    change("channels.NAME|ppc|max_share", PPC, "channels.x.max_share=0.2"),
    change("channels.NAME|ppc|visit_to_lead", PPC, "channels.x.visit_to_lead=0.1"),
    change("channels.NAME|ppc|cost_factor", PPC, "channels.x.cost_factor=1.2"),
    change("channels.NAME|ppc|cost_by_week", PPC, "channels.x.cost_by_week=[2, 2]"),
    change("channels.NAME.today||spend", TODAY, "channels.x.today.spend=2_000"),
    change("channels.NAME.today||clicks", TODAY, "channels.x.today.clicks=300"),
    change("channels.NAME.today||share", TODAY, "channels.x.today.share=0.7"),
    change("channels.NAME|seo|budget", SEO, "channels.x.budget=8_000"),
    change("channels.NAME|seo|flighting", SEO, "channels.x.flighting=front_loaded"),
    change("channels.NAME|seo|past_spend", SEO, "channels.x.past_spend=500"),
    change("channels.NAME|seo|cost_per_article", SEO, "channels.x.cost_per_article=50"),
    change("channels.NAME|seo|visits_per_article", SEO, "channels.x.visits_per_article=90"),
    change("channels.NAME|seo|weeks_to_mature", SEO, "channels.x.weeks_to_mature=4"),
    change("channels.NAME|seo|decay", SEO, "channels.x.decay=20% a month"),
    change("channels.NAME|seo|baseline_visits", SEO, "channels.x.baseline_visits=600"),
    change("channels.NAME|seo|max_visits", SEO, "channels.x.max_visits=400"),
    change("channels.NAME|seo|visit_to_lead", SEO, "channels.x.visit_to_lead=0.1"),
    change("channels.NAME|email|budget", EMAIL, "channels.x.budget=500"),
    change("channels.NAME|email|flighting", EMAIL, "channels.x.flighting={ every = 2 }"),
    change("channels.NAME|email|list_size", EMAIL, "channels.x.list_size=2_000"),
    change(
        "channels.NAME|email|list_growth",
        "[channels.x]\nkind = \"email\"\nbudget = 9_000\nlist_size = 500\ncost_per_thousand = 10\nclick_rate = 0.03\nclick_to_lead = 0.1\n",
        "channels.x.list_growth=300",
    ),
    change("channels.NAME|email|cost_per_thousand", EMAIL, "channels.x.cost_per_thousand=20"),
    change("channels.NAME|email|max_sends_per_week", EMAIL, "channels.x.max_sends_per_week=0.5"),
    change("channels.NAME|email|click_rate", EMAIL, "channels.x.click_rate=0.06"),
    change("channels.NAME|email|fatigue", EMAIL, "channels.x.fatigue=0.6"),
    change("channels.NAME|email|unsubscribe_rate", EMAIL, "channels.x.unsubscribe_rate=0.2"),
    change("channels.NAME|email|click_to_lead", EMAIL, "channels.x.click_to_lead=0.3"),
    change("channels.NAME|email|cost_by_week", EMAIL, "channels.x.cost_by_week=[3, 3]"),
    change("channels.NAME|print|budget", PRINT, "channels.x.budget=9_000"),
    change("channels.NAME|print|flighting", PRINT, "channels.x.flighting=back_loaded"),
    change("channels.NAME|print|past_spend", PRINT, "channels.x.past_spend=500"),
    change("channels.NAME|print|cost_per_insertion", PRINT, "channels.x.cost_per_insertion=400"),
    change("channels.NAME|print|circulation", PRINT, "channels.x.circulation=20_000"),
    change("channels.NAME|print|response_rate", PRINT, "channels.x.response_rate=0.01"),
    change("channels.NAME|print|half_life", PRINT, "channels.x.half_life=3"),
    change("channels.NAME|print|wearout", PRINT, "channels.x.wearout=0.4"),
    change("channels.NAME|print|cost_by_week", PRINT, "channels.x.cost_by_week=[2, 2, 2]"),
    change("channels.NAME|event|budget", EVENT, "channels.x.budget=9_000"),
    change("channels.NAME|event|flighting", EVENT, "channels.x.flighting={ weeks = [3, 5] }"),
    change("channels.NAME|event|past_spend", EVENT, "channels.x.past_spend=500"),
    change("channels.NAME|event|cost_per_event", EVENT, "channels.x.cost_per_event=400"),
    change("channels.NAME|event|leads_per_event", EVENT, "channels.x.leads_per_event=50"),
    change("channels.NAME|event|half_life", EVENT, "channels.x.half_life=3"),
    change("channels.NAME|event|wearout", EVENT, "channels.x.wearout=0.4"),
    change("channels.NAME|event|cost_by_week", EVENT, "channels.x.cost_by_week=[2, 2, 2]"),
    change("channels.NAME|response|budget", RESPONSE, "channels.x.budget=9_000"),
    change("channels.NAME|response|flighting", RESPONSE, "channels.x.flighting=back_loaded"),
    change("channels.NAME|response|past_spend", RESPONSE, "channels.x.past_spend=2_000"),
    change("channels.NAME|response|of", RESPONSE, "channels.x.of=orders"),
    change("channels.NAME|response|scale", RESPONSE, "channels.x.scale=60"),
    change("channels.NAME|response|spend_scale", RESPONSE, "channels.x.spend_scale=2_000"),
    change("channels.NAME|response|adstock", RESPONSE, "channels.x.adstock=none"),
    change("channels.NAME|response|saturation", RESPONSE, "channels.x.saturation.slope=3"),
    change("channels.NAME.adstock|geometric|retention", RESPONSE, "channels.x.adstock.retention=0.8"),
    change("channels.NAME.adstock|geometric|max_lag", RESPONSE, "channels.x.adstock.max_lag=2"),
    change("channels.NAME.adstock|geometric|normalize", RESPONSE, "channels.x.adstock.normalize=false"),
    change("channels.NAME|baseline|leads", "", "channels.steady.leads=20"),
    change("sales||hours_per_week", "", "sales.hours_per_week=30"),
    change("sales||selling_time", "", "sales.selling_time=0.5"),
    change("sales||availability", "", "sales.availability=[0.5, 0.5]"),
    change("sales||hours_per_lead", "", "sales.hours_per_lead=2"),
    change("sales||hours_per_opportunity", "", "sales.hours_per_opportunity=9"),
    change("sales||opportunity_rate", "", "sales.opportunity_rate=0.6"),
    change("sales||close_rate", "", "sales.close_rate=0.6"),
    change("sales||cycle_weeks", "", "sales.cycle_weeks=1"),
    change("sales||cycle_cv", "", "sales.cycle_cv=1.5"),
    change("sales||queue", "", "sales.queue=oldest_first"),
    change("sales||lead_half_life", "", "sales.lead_half_life=9"),
    change("sales||leads_waiting", "", "sales.leads_waiting=5"),
    change("sales||response_hours", "", "sales.response_hours=1"),
    change("sales||response_hours_today", "", "sales.response_hours_today=72"),
    change("sales||response_curve", "", "sales.response_curve=none"),
    change("sales.reps.NAME||count", "", "sales.reps.old.count=4"),
    change("sales.reps.NAME||does", "", "sales.reps.old.does=leads"),
    change("sales||opportunity_half_life", DESKS, "sales.opportunity_half_life=1"),
    change("sales.reps.NAME||start_week", "", "sales.reps.new.start_week=5"),
    change("sales.reps.NAME||end_week", "", "sales.reps.old.end_week=4"),
    change("sales.reps.NAME||ramp_weeks", "", "sales.reps.new.ramp_weeks=0"),
    change("sales.reps.NAME||cost_per_week", "", "sales.reps.old.cost_per_week=2_000"),
    change("deals||average_value", "", "deals.average_value=9_000"),
    change("deals||value_cv", "", "deals.value_cv=1.5"),
    change("deals.open.NAME||count", "", "deals.open.pipeline.count=30"),
    change("deals.open.NAME||average_value", "", "deals.open.pipeline.average_value=9_000"),
    change("deals.open.NAME||close_rate", "", "deals.open.pipeline.close_rate=0.9"),
    change("deals.open.NAME||weeks_to_close", "", "deals.open.pipeline.weeks_to_close=9"),
    change("deals.open.NAME||hours_left", "", "deals.open.pipeline.hours_left=9"),
    change("finance||gross_margin", "", "finance.gross_margin=0.3"),
    change("finance||commission", "", "finance.commission=0.1"),
    change("finance||fixed_costs", "", "finance.fixed_costs=5_000"),
    change("channels.NAME||audience", MARKET, "channels.x.audience={ small = 0.2, large = 0.8 }"),
    change("channels.NAME|ppc|brand_share", MARKET, "channels.x.brand_share=0.9"),
    change(
        "channels.NAME|seo|brand_share",
        "[brand]\nmax_lift = 0.5\nhalf_spend = 500\nhalf_life = 9\n[channels.x]\nkind = \"seo\"\nbudget = 4_000\ncost_per_article = 100\nvisits_per_article = 30\nvisit_to_lead = 0.05\n",
        "channels.x.brand_share=0.9",
    ),
    change("channels.NAME|email|brand_share", MARKET, "channels.y.brand_share=0.9"),
    change(
        "channels.NAME|print|brand_share",
        "[brand]\nmax_lift = 0.5\nhalf_spend = 500\nhalf_life = 9\n[channels.x]\nkind = \"print\"\nbudget = 5_000\ncost_per_insertion = 800\ncirculation = 9_000\nresponse_rate = 0.002\n",
        "channels.x.brand_share=0.9",
    ),
    change(
        "channels.NAME|event|brand_share",
        "[brand]\nmax_lift = 0.5\nhalf_spend = 500\nhalf_life = 9\n[channels.x]\nkind = \"event\"\nbudget = 5_000\ncost_per_event = 800\nleads_per_event = 20\n",
        "channels.x.brand_share=0.9",
    ),
    change(
        "channels.NAME|response|brand_share",
        "[brand]\nmax_lift = 0.5\nhalf_spend = 500\nhalf_life = 9\n[channels.x]\nkind = \"response\"\nbudget = 8_000\nscale = 40\nspend_scale = 1_000\nsaturation = { kind = \"root\", exponent = 0.5 }\n",
        "channels.x.brand_share=0.9",
    ),
    change("segments.NAME||close_multiplier", MARKET, "segments.small.close_multiplier=0.5"),
    change("segments.NAME||value_multiplier", MARKET, "segments.large.value_multiplier=3"),
    change("shocks.NAME||chance", MARKET, "shocks.slump.chance=0.9"),
    change("shocks.NAME||weeks", MARKET, "shocks.slump.weeks=[1, 6]"),
    change("shocks.NAME||channels", MARKET, "shocks.slump.channels=[\"y\"]"),
    change("shocks.NAME||demand", MARKET, "shocks.slump.demand=0.1"),
    change("shocks.NAME||close", MARKET, "shocks.slump.close=0.5"),
    change("promotions.NAME||weeks", MARKET, "promotions.sale.weeks=[2, 5]"),
    change("promotions.NAME||discount", MARKET, "promotions.sale.discount=0.2"),
    change("promotions.NAME||lead_multiplier", MARKET, "promotions.sale.lead_multiplier=2"),
    change("promotions.NAME||close_multiplier", MARKET, "promotions.sale.close_multiplier=1.5"),
    change("promotions.NAME||dip", MARKET, "promotions.sale.dip=0.6"),
    change("promotions.NAME||dip_weeks", MARKET, "promotions.sale.dip_weeks=4"),
    change("brand||max_lift", MARKET, "brand.max_lift=0.9"),
    change("brand||half_spend", MARKET, "brand.half_spend=500"),
    change("brand||half_life", MARKET, "brand.half_life=1"),
    change("brand||goodwill", MARKET, "brand.goodwill=9_000"),
    change("nurture||rate", MARKET, "nurture.rate=0.1"),
    change("nurture||fade", MARKET, "nurture.fade=0.3"),
    change("nurture||pool", MARKET, "nurture.pool=900"),
    change("online.chat||agents", MARKET, "online.chat.agents=2"),
    change("online.chat||hours_per_week", MARKET, "online.chat.hours_per_week=20"),
    change("online.chat||chats_per_hour", MARKET, "online.chat.chats_per_hour=2"),
    change("online.chat||chat_share", MARKET, "online.chat.chat_share=0.1"),
    change("online.chat||answered", MARKET, "online.chat.answered=4"),
    change("online.chat||missed", MARKET, "online.chat.missed=0"),
    change("online.chat||cost_per_week", MARKET, "online.chat.cost_per_week=100"),
    change("sales||hours_per_customer", MARKET, "sales.hours_per_customer=0.05"),
    change("sales||quota", "", "sales.quota=10_000"),
    change("sales.prospecting||share_of_time", MARKET, "sales.prospecting.share_of_time=0.5"),
    change("sales.prospecting||hours_per_lead", MARKET, "sales.prospecting.hours_per_lead=1"),
    change("sales.prospecting||opportunity_rate", MARKET, "sales.prospecting.opportunity_rate=0.9"),
    change("sales.prospecting||close_rate", MARKET, "sales.prospecting.close_rate=0.9"),
    change("sales.reps.NAME||attrition", "", "sales.reps.old.attrition=90% a year"),
    change("sales.reps.NAME||backfill_weeks", "", "sales.reps.old={ attrition = 0.2, backfill_weeks = 1 }"),
    change("deals||return_rate", "", "deals.return_rate=0.1"),
    change("deals||price_change", "", "deals.price_change=0.1"),
    change("deals||price_elasticity", "", "deals={ price_change = 0.1, price_elasticity = -2 }"),
    change("delivery||per_week", MARKET, "delivery.per_week=9"),
    change("delivery||hours_per_deal", MARKET, "delivery.hours_per_deal=3"),
    change("delivery||over_weeks", "[delivery]\nhours_per_deal = 3\n", "delivery.over_weeks=4"),
    change("booked||revenue", MARKET, "booked.revenue=20_000"),
    change("booked||wins", MARKET, "booked.wins=9"),
    change("booked||marketing", MARKET, "booked.marketing=9_000"),
    change("customers||active", MARKET, "customers.active=900"),
    change("customers||repeat_rate", MARKET, "customers.repeat_rate=0.1"),
    change("customers||repeat_value", MARKET, "customers.repeat_value=900"),
    change("customers||repeat_cv", MARKET, "customers.repeat_cv=2"),
    change("customers||churn_rate", MARKET, "customers.churn_rate=0.2"),
    change("customers||referral_rate", MARKET, "customers.referral_rate=0.05"),
    change("customers.referrals||opportunity_rate", MARKET, "customers.referrals.opportunity_rate=0.9"),
    change("customers.referrals||close_rate", MARKET, "customers.referrals.close_rate=0.9"),
    change("customers.loyalty||cost_per_customer", MARKET, "customers.loyalty.cost_per_customer=2"),
    change("customers.loyalty||repeat_multiplier", MARKET, "customers.loyalty.repeat_multiplier=3"),
    change("customers.loyalty||churn_multiplier", MARKET, "customers.loyalty.churn_multiplier=0.1"),
    change("customers.loyalty||start_week", MARKET, "customers.loyalty.start_week=7"),
    change("rules.NAME|reallocate|every", MARKET, "rules.shift.every=3"),
    change("rules.NAME|reallocate|shift", MARKET, "rules.shift.shift=0.9"),
    change("rules.NAME|reallocate|by", MARKET, "rules.shift.by=cost_per_win"),
    change("rules.NAME|reallocate|among", MARKET, "rules.shift.among=[\"x\"]"),
    change("rules.NAME|throttle|channels", MARKET, "rules.brake.channels=[\"y\"]"),
    change("rules.NAME|throttle|backlog_weeks", MARKET, "rules.brake.backlog_weeks=9"),
    change("rules.NAME|throttle|to", MARKET, "rules.brake.to=0.1"),
];

/// Keys that stand in place of others, shown by a plan of their own: the file with the one form against the other.
const IN_PLACE: &[(&str, &str, &str)] = &[
    (
        "||correlations",
        "",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
    ),
    (
        "[correlations]||between",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
        "[[correlations]]\nbetween = [\"deals.average_value\", \"sales.close_rate\"]\nrank = 0.5\n",
    ),
    (
        "[correlations]||rank",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.8\n",
    ),
    (
        "deals||median_value",
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 9_000\n",
        "[deals]\nmedian_value = 4_000\nvalue_p90 = 9_000\n",
    ),
    (
        "deals||value_p90",
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 9_000\n",
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 12_000\n",
    ),
    ("channels.NAME.adstock|delayed|retention", "d:retention = 0.5, peak = 1", "d:retention = 0.8, peak = 1"),
    ("channels.NAME.adstock|delayed|peak", "d:retention = 0.5, peak = 1", "d:retention = 0.5, peak = 2"),
    (
        "channels.NAME.adstock|delayed|max_lag",
        "d:retention = 0.5, peak = 1",
        "d:retention = 0.5, peak = 1, max_lag = 2",
    ),
    (
        "channels.NAME.adstock|delayed|normalize",
        "d:retention = 0.5, peak = 1",
        "d:retention = 0.5, peak = 1, normalize = false",
    ),
    ("channels.NAME.adstock|weibull_pdf|scale", "p:scale = 2, shape = 2", "p:scale = 3, shape = 2"),
    ("channels.NAME.adstock|weibull_pdf|shape", "p:scale = 2, shape = 2", "p:scale = 2, shape = 3"),
    ("channels.NAME.adstock|weibull_pdf|max_lag", "p:scale = 2, shape = 2", "p:scale = 2, shape = 2, max_lag = 3"),
    (
        "channels.NAME.adstock|weibull_pdf|normalize",
        "p:scale = 2, shape = 2",
        "p:scale = 2, shape = 2, normalize = false",
    ),
    ("channels.NAME.adstock|weibull_cdf|scale", "c:scale = 2, shape = 2", "c:scale = 3, shape = 2"),
    ("channels.NAME.adstock|weibull_cdf|shape", "c:scale = 2, shape = 2", "c:scale = 2, shape = 1"),
    ("channels.NAME.adstock|weibull_cdf|max_lag", "c:scale = 2, shape = 2", "c:scale = 2, shape = 2, max_lag = 2"),
    (
        "channels.NAME.adstock|weibull_cdf|normalize",
        "c:scale = 2, shape = 2",
        "c:scale = 2, shape = 2, normalize = false",
    ),
    (
        "channels.NAME.saturation|hill|half",
        "s:kind = \"hill\", half = 1, slope = 2",
        "s:kind = \"hill\", half = 2, slope = 2",
    ),
    (
        "channels.NAME.saturation|hill|slope",
        "s:kind = \"hill\", half = 1, slope = 2",
        "s:kind = \"hill\", half = 1, slope = 4",
    ),
    ("channels.NAME.saturation|logistic|lam", "s:kind = \"logistic\", lam = 1", "s:kind = \"logistic\", lam = 2"),
    (
        "channels.NAME.saturation|michaelis_menten|half",
        "s:kind = \"michaelis_menten\", half = 1",
        "s:kind = \"michaelis_menten\", half = 2",
    ),
    (
        "channels.NAME.saturation|exponential|rate",
        "s:kind = \"exponential\", rate = 1",
        "s:kind = \"exponential\", rate = 2",
    ),
    ("channels.NAME.saturation|tanh|half", "s:kind = \"tanh\", half = 1", "s:kind = \"tanh\", half = 2"),
    (
        "channels.NAME.saturation|root|exponent",
        "s:kind = \"root\", exponent = 0.5",
        "s:kind = \"root\", exponent = 0.8",
    ),
    ("channels.NAME.saturation|log|rate", "s:kind = \"log\", rate = 1", "s:kind = \"log\", rate = 2"),
    (
        "channels.NAME.saturation|points|spend",
        "s:kind = \"points\", spend = [1, 2], result = [0.4, 0.6]",
        "s:kind = \"points\", spend = [1.5, 3], result = [0.4, 0.6]",
    ),
    (
        "channels.NAME.saturation|points|result",
        "s:kind = \"points\", spend = [1, 2], result = [0.4, 0.6]",
        "s:kind = \"points\", spend = [1, 2], result = [0.4, 0.9]",
    ),
];

/// Keys that say nothing themselves: headers of tables whose own keys are in the list, the version of the format, of
/// which there is one, and other plans, which have tests of their own.
const HEADERS: &[&str] = &[
    "||version",
    "||extends",
    // Words for people: that no figure moves by them is tested where they are shown.
    "channels.NAME||label",
    "||variants",
    "||horizon",
    "||simulation",
    "||market",
    "||channels",
    "||sales",
    "||deals",
    "||finance",
    "||targets",
    "||shocks",
    "||promotions",
    "||segments",
    "||brand",
    "||nurture",
    "||online",
    "||delivery",
    "||booked",
    "||customers",
    "||rules",
    // Deals from a file, which have tests of their own.
    "deals.open.NAME||file",
    "deals.open.NAME||value_cv",
    "online||chat",
    "customers||referrals",
    "customers||loyalty",
    "sales||prospecting",
    "sales||reps",
    "deals||open",
];

fn scenario(text: &str, settings: &[&str]) -> Scenario {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("plan.toml");
    fs::write(&path, text).expect("the plan can be written");
    // After a setting, a table that acts on nothing is no fault.
    let settings: Vec<String> = ["version=1"].iter().chain(settings).map(|&setting| setting.into()).collect();
    load(&path, &settings).unwrap_or_else(|error| panic!("{settings:?}: {error}\n{text}"))
}

/// All that a reader is told of a plan.
fn told(scenario: &Scenario) -> serde_json::Value {
    let simulation = &scenario.simulation;
    let forecast = forecast(scenario, simulation.runs, simulation.seed, &Unwatched).expect("nobody stops this run");
    let mut told = serde_json::to_value(summary(scenario, &forecast, 0.0)).expect("JSON");
    told["scenario"]["hash"] = serde_json::Value::Null;
    told["scenario"]["description"] = scenario.description.clone().into();
    told
}

#[test]
fn every_key_changes_what_comes_out() {
    for change in CHANGES.iter().filter(|change| !HEADERS.contains(&change.key)) {
        let text = format!("{BASE}{}", change.channel);
        let before = told(&scenario(&text, &[]));
        let after = told(&scenario(&text, &[change.setting]));
        assert!(before != after, "{} changes nothing", change.key);
    }
}

#[test]
fn every_key_that_stands_in_place_of_another_changes_what_comes_out() {
    for (key, before, after) in IN_PLACE {
        let plan = |form: &str| {
            let response = |table: &str| {
                format!(
                    "{BASE}[channels.x]\nkind = \"response\"\nbudget = 8_000\nflighting = {{ every = 3 }}\nscale = 40\nspend_scale = 1_000\n{table}\n"
                )
            };
            let adstock = |kind: &str, rest: &str| {
                response(&format!(
                    "adstock = {{ kind = \"{kind}\", {rest} }}\nsaturation = {{ kind = \"hill\", half = 0.8, slope = 1.4 }}"
                ))
            };
            match form.split_once(':') {
                Some(("d", rest)) => adstock("delayed", rest),
                Some(("p", rest)) => adstock("weibull_pdf", rest),
                Some(("c", rest)) => adstock("weibull_cdf", rest),
                Some(("s", rest)) => response(&format!("saturation = {{ {rest} }}")),
                _ if !form.starts_with("[deals]") => format!("{BASE}{form}"),
                _ => BASE.replace("[deals]\naverage_value = \"3_000 to 6_000\"\nvalue_cv = 0.5\n", form),
            }
        };
        let before = told(&scenario(&plan(before), &[]));
        let after = told(&scenario(&plan(after), &[]));
        assert!(before != after, "{key} changes nothing");
    }
}

#[test]
fn the_list_of_changes_names_every_key() {
    let known: BTreeSet<String> = tables()
        .iter()
        .flat_map(|table| {
            let kind = table.kind.unwrap_or_default();
            table.keys.iter().map(move |key| format!("{}|{kind}|{}", table.path, key.name))
        })
        .collect();
    let tried: BTreeSet<String> = CHANGES
        .iter()
        .map(|change| change.key)
        .chain(IN_PLACE.iter().map(|(key, ..)| *key))
        .chain(HEADERS.iter().copied())
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> = known.difference(&tried).collect();
    let gone: Vec<_> = tried.difference(&known).collect();
    assert!(missing.is_empty(), "no change tries {missing:?}");
    assert!(gone.is_empty(), "there is no key {gone:?}");
}

/// Outcomes that may be below 0.
const MAY_LOSE: [&str; 5] = ["gross_profit", "profit", "romi", "tail_profit", "profit_with_tail"];

#[test]
fn figures_at_the_ends_of_what_may_be_written_give_figures() {
    let is_number = |text: &str| text.replace('_', "").trim_end_matches('%').parse::<f64>().is_ok();
    let numeric = CHANGES.iter().filter_map(|change| {
        let (path, value) = change.setting.split_once('=')?;
        (is_number(value) || value.contains(" a month")).then_some((path, change.channel))
    });
    let targets = ["targets.revenue", "targets.cac"].map(|path| (path, ""));
    for (path, channel) in numeric.chain(targets) {
        // Without a limit of delivery, so that the deals of a huge week need not be held one by one.
        let text = format!("{BASE}{channel}").replace("[delivery]\nper_week = 14\n", "");
        for extreme in ["5e-324", "1e-300", "1e-20", "1e-9", "1e9", "1e15", "-0.999999999"] {
            let settings = [format!("{path}={extreme}"), "simulation.runs=32".to_owned()];
            let folder = tempfile::tempdir().expect("a temporary folder");
            let file = folder.path().join("plan.toml");
            fs::write(&file, &text).expect("the plan can be written");
            let Ok(scenario) = load(&file, &settings) else { continue };
            let forecast = forecast(&scenario, 32, 1, &Unwatched).expect("nobody stops this run");
            let draws = &forecast.draws;
            for (outcome, column) in draws.outcomes.iter().zip(&draws.columns) {
                let key = outcome.outcome().key;
                for value in column {
                    assert!(!value.is_infinite(), "{settings:?}: {key} is {value}");
                    let below = *value < 0.0;
                    assert!(!below || MAY_LOSE.contains(&key), "{settings:?}: {key} is {value}");
                }
            }
            let told = serde_json::to_value(summary(&scenario, &forecast, 0.0)).expect("JSON");
            let stats =
                ["channels", "weeks"].iter().flat_map(|part| told[*part].as_object().expect("a table").values());
            for stats in stats {
                let figures: Vec<_> = match stats {
                    serde_json::Value::Array(weeks) => weeks.iter().collect(),
                    other => other.as_object().expect("a table").values().collect(),
                };
                for figure in figures {
                    assert!(figure["mean"].is_number() && figure["sd"].is_number(), "{settings:?}: {figure}");
                }
            }
            for outcome in told["outcomes"].as_object().expect("a table").values() {
                let exists = outcome["defined"] != 0.0;
                assert!(outcome["mean"].is_number() == exists, "{settings:?}: {outcome}");
            }
        }
    }
}
