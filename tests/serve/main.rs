//! The what-if page: who may ask, what is answered, what is saved, and how it is met in a browser.

mod answers;
mod browser;
mod safety;
mod saving;
mod served;
