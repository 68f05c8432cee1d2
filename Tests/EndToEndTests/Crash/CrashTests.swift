import JSON
import Testing

/// The short forms. After each the books are judged by the checker, which knows nothing of this code, and by `summa verify`.
@Suite("A server that is hurt")
struct CrashTests {
    @Test(
        "loses, doubles and invents nothing when it is killed at any moment under load", .timeLimit(.minutes(5)))
    func killed() throws {
        let outcome = try CrashScripts.drill("kill")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["acknowledged"]?.integer ?? 0) > 0)
    }
}
