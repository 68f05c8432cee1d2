/// A moment is a word of `PaymentProvider`, and the only one that comes from `Storage`. Adapters may not import that: they
/// translate and never write. So they get the word from here.
@_exported import struct Storage.Instant
