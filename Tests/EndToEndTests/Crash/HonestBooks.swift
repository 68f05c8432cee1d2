import Foundation
import JSON
import Testing

/// Books that were charged and never hurt, and the record of who charged them: made once for a suite, which breaks copies.
struct HonestBooks: SuiteTrait, TestScoping {
    @TaskLocal static var directory = ""

    static var books: String { directory + "/books" }
    static var record: String { directory + "/record.jsonl" }

    func provideScope(for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void)
        async throws
    {
        let scratch = try Scratch()
        let outcome = try CrashScripts.drill("calm", rounds: 1, "--keep", scratch.path)
        try #require(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        try await Self.$directory.withValue(scratch.path) { try await body() }
        withExtendedLifetime(scratch) {}
    }
}
