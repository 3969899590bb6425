//! What goes into statements and comes out of rows, on every engine.

use postgres::types::{ToSql, Type};

/// A type that has one column type on a server. Statements are sent with the types of their parameters, so that a server
/// needs no round trip to guess them.
pub(in crate::store) trait Kind {
    /// The column's type.
    const KIND: Type;
}

impl Kind for i64 {
    const KIND: Type = Type::INT8;
}

impl Kind for str {
    const KIND: Type = Type::TEXT;
}

impl Kind for String {
    const KIND: Type = Type::TEXT;
}

impl Kind for [u8] {
    const KIND: Type = Type::BYTEA;
}

impl Kind for Vec<u8> {
    const KIND: Type = Type::BYTEA;
}

impl<T: Kind + ?Sized> Kind for &T {
    const KIND: Type = T::KIND;
}

impl<T: Kind> Kind for Option<T> {
    const KIND: Type = T::KIND;
}

/// What can be bound to a statement: numbers, text, blobs, each of them or nothing.
pub(in crate::store) trait Param: rusqlite::ToSql {
    /// The type that a server gets to know.
    fn kind(&self) -> Type;
    /// The value as it goes to a server.
    fn on_server(&self) -> &(dyn ToSql + Sync);
}

impl<T: rusqlite::ToSql + ToSql + Sync + Kind> Param for T {
    fn kind(&self) -> Type {
        T::KIND
    }

    fn on_server(&self) -> &(dyn ToSql + Sync) {
        self
    }
}

/// What can be read from a column.
pub(in crate::store) trait Cell:
    rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>
{
}

impl<T: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>> Cell for T {}
