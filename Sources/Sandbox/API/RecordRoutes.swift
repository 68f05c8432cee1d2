import Hummingbird
import JSON
import Storage

/// What the sandbox has recorded of itself, and its account's settings.
extension SandboxRoutes {
    func addRecords(to group: RouterGroup<Context>) {
        group.get("/effects") { request, _ in
            let (after, limit) = try request.page()
            return Response.json(
                try await database.perform { work in
                    let page = try EffectStore.page(after: after, limit: limit, in: work)
                    return JSONWriter.list { json in
                        for effect in page { json.element(effect) }
                    }
                })
        }
        group.get("/callbacks") { request, _ in
            let (after, limit) = try request.page()
            return Response.json(
                try await database.perform { work in
                    let page = try CallbackStore.page(after: after, limit: limit, in: work)
                    return JSONWriter.list { json in
                        for callback in page { json.element(callback) }
                    }
                })
        }
        group.get("/activity") { _, _ in Response.json(try await database.perform(activity)) }
        group.get("/account") { _, _ in
            Response.json(try await database.perform { try AccountStore.load(in: $0).json })
        }
        group.put("/account", use: changeAccount)
    }

    /// What is still to come soon. The end of an authorization's week is not waited for.
    @Sendable private func activity(in work: SandboxWork) throws -> String {
        let jobs = try JobStore.count(within: .minutes(10), in: work)
        let callbacks = try CallbackStore.waitingCount(in: work)
        var json = JSONWriter()
        json.beginObject()
        json.field("jobs", jobs)
        json.field("callbacks", callbacks)
        json.endObject()
        return json.takeText()
    }

    @Sendable private func changeAccount(_ request: Request, _ context: Context) async throws -> Response {
        let change = try AccountChange(RequestBody(await request.bytes()))
        let body = try await database.perform { work in
            let changed = try change.applied(to: try AccountStore.load(in: work))
            try AccountStore.save(changed, in: work)
            return changed.json
        }
        // Callbacks may have been waiting for an address.
        bells.ring()
        return Response.json(body)
    }
}
