//! Templates, messages and transports.
