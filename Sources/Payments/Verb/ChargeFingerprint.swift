import JSON

extension CreateCharge.Command: Fingerprinted {
    /// Metadata has no order of its own.
    package func write(fingerprint: inout JSONWriter) {
        fingerprint.field("amount", amount.minorUnits)
        fingerprint.field("currency", amount.currency.description)
        fingerprint.field("payment_method", method.text)
        fingerprint.field("merchant", ifPresent: merchant?.text)
        fingerprint.field("provider_account", ifPresent: providerAccount?.text)
        fingerprint.field("capture", captureMode.rawValue)
        fingerprint.field("platform_fee", ifPresent: platformFee?.minorUnits)
        fingerprint.field("reference", ifPresent: reference?.text)
        fingerprint.field("description", ifPresent: description)
        guard !metadata.isEmpty else { return }
        fingerprint.beginObject("metadata")
        for (name, value) in metadata.sorted(by: { $0.name < $1.name }) { fingerprint.field(named: name, value) }
        fingerprint.endObject()
    }
}
