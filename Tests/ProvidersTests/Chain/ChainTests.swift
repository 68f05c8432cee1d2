import Testing

/// Tests of the whole chain, over real HTTP and in real time: one after the other, for what waits for an answer must not wait
/// for another test.
@Suite("The chain", .serialized)
struct ChainTests {}
