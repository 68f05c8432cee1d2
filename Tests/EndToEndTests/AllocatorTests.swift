import Testing

/// What the program is linked with.
@Suite("The memory allocator")
struct AllocatorTests {
    @Test("is jemalloc, which shows what it has to whoever asks")
    func jemalloc() throws {
        let run = try SummaProcess.run(["--help"], environment: ["MALLOC_CONF": "stats_print:true"])
        #expect(run.status == 0)
        #expect((run.output + run.errors).contains("jemalloc statistics"))
    }
}
