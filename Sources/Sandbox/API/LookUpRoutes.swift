import Hummingbird
import JSON

/// What became of a request.
extension SandboxRoutes {
    func addLookUps(to group: RouterGroup<Context>) {
        group.get("/authorizations/:id") { _, context in
            let id: String = try context.parameters.require("id")
            return Response.json(
                try await database.perform { work in
                    try work.authorization(id).json(try OperationStore.all(authorization: id, in: work))
                })
        }
        group.get("/authorizations") { request, _ in
            let reference = try request.query("reference")
            return Response.json(try await database.perform { try authorizations(reference, in: $0) })
        }
        group.get("/disputes") { request, _ in
            let authorization = try request.query("authorization")
            return Response.json(
                try await database.perform { work in
                    let dispute = try DisputeStore.find(authorization: authorization, in: work)
                    return JSONWriter.list { json in
                        if let dispute { json.element(dispute) }
                    }
                })
        }
        group.get("/operations/:id") { _, context in
            let id: String = try context.parameters.require("id")
            return Response.json(
                try await database.perform { work in
                    guard let operation = try OperationStore.find(id, in: work) else { throw SandboxProblem.notFound }
                    return operation.json
                })
        }
        group.get("/operations") { request, _ in
            let reference = try request.query("reference")
            return Response.json(try await database.perform { try OperationStore.list(reference: reference, in: $0) })
        }
    }

    private func authorizations(_ reference: String, in work: SandboxWork) throws -> String {
        let found = try AuthorizationStore.all(reference: reference, in: work).map { authorization in
            (authorization, try OperationStore.all(authorization: authorization.id, in: work))
        }
        return JSONWriter.list { json in
            for (authorization, operations) in found {
                json.beginObject()
                json.members(of: authorization, operations: operations)
                json.endObject()
            }
        }
    }
}

extension OperationStore {
    /// The answer to who asks what became of a reference.
    static func list(reference: String, in work: SandboxWork) throws -> String {
        let operations = try all(reference: reference, in: work)
        return JSONWriter.list { json in
            for operation in operations { json.element(operation) }
        }
    }
}
