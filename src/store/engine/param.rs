//! What goes into statements and comes out of rows, on every engine.

use postgres::types::{ToSql, Type};

/// A value that outlives the statement it was bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum Value {
    /// A number, or none.
    Int(Option<i64>),
    /// Text, or none.
    Text(Option<String>),
    /// A blob, or none.
    Blob(Option<Vec<u8>>),
}

impl Value {
    /// The column's type on a server.
    pub(super) fn kind(&self) -> Type {
        match self {
            Self::Int(_) => Type::INT8,
            Self::Text(_) => Type::TEXT,
            Self::Blob(_) => Type::BYTEA,
        }
    }

    /// The value as it is sent to a server.
    pub(super) fn on_server(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Int(value) => value,
            Self::Text(value) => value,
            Self::Blob(value) => value,
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        match self {
            Self::Int(value) => rusqlite::ToSql::to_sql(value),
            Self::Text(value) => rusqlite::ToSql::to_sql(value),
            Self::Blob(value) => rusqlite::ToSql::to_sql(value),
        }
    }
}

impl Param for Value {
    fn kind(&self) -> Type {
        Self::kind(self)
    }

    fn on_server(&self) -> &(dyn ToSql + Sync) {
        Self::on_server(self)
    }

    fn owned(&self) -> Value {
        self.clone()
    }
}

/// A type that corresponds to one column type on a server. Statements are sent with the types of their parameters, so
/// that a server needs no round trip to infer them.
pub(in crate::store) trait Kind {
    /// The column's type.
    const KIND: Type;
    /// The value, or null of this type.
    fn value(of: Option<&Self>) -> Value;
}

impl Kind for i64 {
    const KIND: Type = Type::INT8;
    fn value(of: Option<&Self>) -> Value {
        Value::Int(of.copied())
    }
}

impl Kind for str {
    const KIND: Type = Type::TEXT;
    fn value(of: Option<&Self>) -> Value {
        Value::Text(of.map(str::to_owned))
    }
}

impl Kind for String {
    const KIND: Type = Type::TEXT;
    fn value(of: Option<&Self>) -> Value {
        Value::Text(of.cloned())
    }
}

impl Kind for [u8] {
    const KIND: Type = Type::BYTEA;
    fn value(of: Option<&Self>) -> Value {
        Value::Blob(of.map(<[u8]>::to_vec))
    }
}

impl Kind for Vec<u8> {
    const KIND: Type = Type::BYTEA;
    fn value(of: Option<&Self>) -> Value {
        Value::Blob(of.cloned())
    }
}

impl<T: Kind + ?Sized> Kind for &T {
    const KIND: Type = T::KIND;
    fn value(of: Option<&Self>) -> Value {
        T::value(of.copied())
    }
}

impl<T: Kind> Kind for Option<T> {
    const KIND: Type = T::KIND;
    fn value(of: Option<&Self>) -> Value {
        T::value(of.and_then(Option::as_ref))
    }
}

/// What can be bound to a statement: numbers, text, blobs, each of them or null.
pub(in crate::store) trait Param: rusqlite::ToSql {
    /// The type for a server.
    fn kind(&self) -> Type;
    /// The value as it is sent to a server.
    fn on_server(&self) -> &(dyn ToSql + Sync);
    /// The value, kept.
    fn owned(&self) -> Value;
}

impl<T: rusqlite::ToSql + ToSql + Sync + Kind> Param for T {
    fn kind(&self) -> Type {
        T::KIND
    }

    fn on_server(&self) -> &(dyn ToSql + Sync) {
        self
    }

    fn owned(&self) -> Value {
        T::value(Some(self))
    }
}

/// What can be read from a column.
pub(in crate::store) trait Cell:
    rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>
{
}

impl<T: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>> Cell for T {}
