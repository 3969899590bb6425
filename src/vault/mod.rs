//! Secrets: key file, sealing, tokens, password hashing.
