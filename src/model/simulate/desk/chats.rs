//! Chats of leads that buy online: who asks, and who is answered.
//!
//! Implements section 5 (chat) of docs/model.md.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::model::online::{Desk as Chat, hypergeometric, share_out};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::simulate::class_terms::ClassTerms;
use crate::model::simulate::queue::{Age, Queue};

reusing_memory! {
    /// The chats of one draw.
    #[derive(Debug, Default)]
    pub(super) struct Chats {
        pub(super) chat: Option<Chat>,
        /// by online channel: chats, and those answered
        chats: Vec<u64>,
        answered: Vec<u64>,
        /// room for sharing them out
        remainders: Vec<(Reverse<u64>, usize)>,
        likelihoods: VecDeque<f64>,
        /// by class: leads that ask, and those answered
        asking: Vec<(u64, u64)>,
    }
}

impl Chats {
    /// What they cost in a week.
    pub(super) fn cost(&self) -> f64 {
        self.chat.map_or(0.0, |chat| chat.cost)
    }

    /// Of a class in the week at hand: leads that ask, and those answered.
    pub(super) fn of(&self, class: usize) -> (u64, u64) {
        self.asking.get(class).copied().unwrap_or_default()
    }

    /// Shares the chats that can be answered this week over the online channels.
    pub(super) fn share(
        &mut self,
        plan: &Plan,
        week: usize,
        (queues, terms): (&[Queue], &[ClassTerms]),
        tally: &mut Tally,
    ) {
        let Some(chat) = self.chat else { return };
        self.chats.clear();
        self.asking.clear();
        self.asking.resize(queues.len(), (0, 0));
        for classes in &plan.online {
            let mut chats = 0;
            for class in classes.clone() {
                let leads = queues[class].leads[Age::Fresh as usize];
                let stream = terms[class].chats;
                self.asking[class].0 = chat.asking.quantile(leads, stream.uniform(week as u32, 0));
                chats += self.asking[class].0;
            }
            self.chats.push(chats);
        }
        share_out(chat.capacity, &self.chats, &mut self.answered, &mut self.remainders);
        if week < plan.parts.horizon.weeks {
            let [asked, answered] = [&self.chats, &self.answered].map(|chats| chats.iter().sum::<u64>());
            tally.chats += asked as f64;
            tally.chats_missed += (asked - answered) as f64;
        }
        for (channel, classes) in plan.online.iter().enumerate() {
            // Within a channel at random: each class's share of the answered is hypergeometric.
            let (mut chats, mut answered) = (self.chats[channel], self.answered[channel]);
            for class in classes.clone() {
                let own = self.asking[class].0;
                let uniform = terms[class].chats.uniform(week as u32, 1);
                self.asking[class].1 = hypergeometric(chats, own, answered, uniform, &mut self.likelihoods);
                chats -= own;
                answered -= self.asking[class].1;
            }
        }
    }
}
