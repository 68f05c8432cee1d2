/// Every route there is.
extension RouteTable {
    package static func all(_ services: Services) -> RouteTable {
        RouteTable(
            HealthRoutes(services: services).routes
                + ClockRoute(services: services).routes
                + KeyRoutes(services: services).routes
                + LogRoutes(services: services).routes
                + MerchantRoutes(services: services).routes
                + ChargeRoutes(services: services).routes
                + PaymentRoutes(services: services).routes
                + PaymentRequestRoutes(services: services).routes
                + WebhookRoutes(services: services).routes
                + AccountRoutes(services: services).routes
                + LedgerTransactionRoutes(services: services).routes
                + LedgerRequestRoutes(services: services).routes
                + LedgerBatchRoute(services: services).routes
                + ReportRoutes(services: services).routes
                + WorkItemRoutes(services: services).routes
                + StatementRoutes(services: services).routes
                + RecoveryRoutes(services: services).routes
                + BreakRoutes(services: services).routes)
    }
}
