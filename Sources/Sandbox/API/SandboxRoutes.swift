import Hummingbird

/// The sandbox's HTTP API, whole. What each request does is in `docs/sandbox.md`.
struct SandboxRoutes {
    let database: SandboxDatabase
    let rules: SandboxRules
    let apiKey: SandboxSecret
    let filesDirectory: String?
    /// Rung when a request has left jobs or callbacks behind.
    let bells: Doorbells

    typealias Context = BasicRequestContext

    func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: ProblemMiddleware())
        router.get("/healthz") { _, _ in Response.text("ok\n", type: "text/plain; charset=utf-8") }
        let merchant = router.group("/v1").add(middleware: BearerMiddleware(key: apiKey))
        addRequests(to: merchant)
        addLookUps(to: merchant)
        addRecords(to: merchant)
        addFiles(to: merchant)
        return router
    }
}
