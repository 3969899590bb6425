//! What the tests share with those of the other engine.

#[path = "../../it/support/bench_codes.rs"]
pub(crate) mod bench_codes;
#[path = "../../it/support/bench_store.rs"]
pub(crate) mod bench_store;
#[path = "../../it/support/cell.rs"]
pub(crate) mod cell;
#[expect(dead_code, reason = "the server in these tests is not one of ours")]
#[path = "../../it/support/certificates.rs"]
pub(crate) mod certificates;
#[path = "../../it/support/judge.rs"]
pub(crate) mod judge;
#[path = "../../it/support/pasted.rs"]
mod pasted;
#[expect(dead_code, reason = "some of it is only for stories about wording")]
#[path = "../../it/support/phone.rs"]
pub(crate) mod phone;
#[expect(dead_code, reason = "some of it is only for stories about wording")]
#[path = "../../it/support/world.rs"]
pub(crate) mod world;
