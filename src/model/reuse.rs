//! Copies that keep their memory.

/// Gives structs a `Clone` whose `clone_from` copies field by field, so that a vector with room enough asks for no memory.
/// (That of `derive` makes every vector anew.)
macro_rules! reusing_memory {
    ($(#[$meta:meta])* $seen:vis struct $name:ident {
        $($(#[$about:meta])* $field_seen:vis $field:ident: $kind:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $seen struct $name {
            $($(#[$about])* $field_seen $field: $kind,)*
        }

        impl Clone for $name {
            fn clone(&self) -> Self {
                Self { $($field: Clone::clone(&self.$field),)* }
            }

            fn clone_from(&mut self, other: &Self) {
                $(Clone::clone_from(&mut self.$field, &other.$field);)*
            }
        }
    };
}

pub(crate) use reusing_memory;
