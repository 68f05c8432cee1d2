import JSON
import Testing

/// The short forms of the drills, small enough to run each time; the long ones are in `CrashSoakTests`. After each hurt the
/// books are judged by the checker, which knows nothing of this code, and at the end by `summa verify`.
///
/// This one is by itself, beside the others: at its end it waits for the lease of what was asked when it was last killed.
@Suite("A server that is killed")
struct KillTests {
    @Test("loses, doubles and invents nothing, at any moment under load", .timeLimit(.minutes(5)))
    func killed() throws {
        let outcome = try CrashScripts.drill("kill")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["acknowledged"]?.integer ?? 0) > 0)
    }
}

@Suite("A server that is hurt", .serialized)
struct CrashTests {
    @Test(
        "loses, doubles and invents nothing when it is killed as it enters a sync",
        .enabled(if: CrashScripts.obstacle(to: "sync") == nil, "strace cannot be used here"), .timeLimit(.minutes(5)))
    func killedAtSync() throws {
        let outcome = try CrashScripts.drill("sync")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["rounds hurt"]?.integer ?? 0) > 0)
    }

    @Test(
        "stops and says why when a sync of its books fails, and has lost nothing when it is started again",
        .enabled(if: CrashScripts.obstacle(to: "eio") == nil, "strace cannot be used here"), .timeLimit(.minutes(5)))
    func failedSync() throws {
        let outcome = try CrashScripts.drill("eio")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["rounds hurt"]?.integer ?? 0) > 0)
    }

    @Test(
        "refuses writes and goes on reading while the disk is full, and goes on after that",
        .enabled(if: CrashScripts.obstacle(to: "full") == nil, "a small file system cannot be mounted here"),
        .timeLimit(.minutes(5)))
    func diskFull() throws {
        let outcome = try CrashScripts.drill("full")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["refused with 503 storage_full"]?.integer ?? 0) > 0)
    }

    @Test(
        "ends nothing by a clock that is stepped an hour back and forth, says so, and goes on working",
        .enabled(if: CrashScripts.obstacle(to: "clock") == nil, "there is no C compiler"), .timeLimit(.minutes(5)))
    func clockStepped() throws {
        let outcome = try CrashScripts.drill("clock")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["doubts told by the log"]?.integer ?? 0) > 0)
    }

    @Test("tells by verify that a page of its file is an older one", .timeLimit(.minutes(5)))
    func olderPage() throws {
        let outcome = try CrashScripts.drill("page")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["told by verify"]?.integer ?? 0) > 0)
    }

    @Test(
        "keeps what it acknowledged when the power goes and the disk loses what was not synced",
        .enabled(if: CrashScripts.obstacle(to: "power") == nil, "there is no C compiler"), .timeLimit(.minutes(5)))
    func powerCut() throws {
        let outcome = try CrashScripts.drill("power")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["rounds cut"]?.integer ?? 0) > 0)
    }
}

/// Beside each other, each with a PostgreSQL of its own.
@Suite("A server whose PostgreSQL is hurt")
struct PostgreSQLCrashTests {
    @Test(
        "loses, doubles and invents nothing, and answers with the truth",
        .enabled(if: CrashScripts.obstacle(to: "pgstop") == nil, "no PostgreSQL can be hurt here"),
        .timeLimit(.minutes(5)), arguments: ["pgcalm", "pgstop", "pgcut", "pgcommit", "pgsilent"])
    func hurt(drill: String) throws {
        let outcome = try CrashScripts.drill(drill)
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["acknowledged"]?.integer ?? 0) > 0)
    }

    @Test(
        "has another in charge of its books within ten seconds when it is killed and when it is stopped",
        .enabled(if: CrashScripts.obstacle(to: "pgtwo") == nil, "no PostgreSQL can be hurt here"),
        .timeLimit(.minutes(5)))
    func oneOfTwo() throws {
        let outcome = try CrashScripts.drill("pgtwo")
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.json["killed"]?.integer == 1 && outcome.json["stopped and woken"]?.integer == 1)
    }
}
