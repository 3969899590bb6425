//! One file per job.
