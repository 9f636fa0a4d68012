package io.gds.engine.mongo.hosts;

import static java.util.Objects.requireNonNull;

import io.gds.samples.mongo.MongodBinaries;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.PatroniTestbed;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives test classes hosts, one set of them for all classes of a run; skips where the bed or the programs cannot be had. */
final class UnitTestbed implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(UnitTestbed.class);

    private final PatroniTestbed testbed = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));
    private UnitHosts hosts;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        // First: without programs no hosts are needed.
        Assumptions.assumeTrue(
                MongodBinaries.find().isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        testbed.beforeAll(context);
        var store = context.getRoot().getStore(NAMESPACE);
        hosts = store.get(UnitHosts.class, UnitHosts.class);
        if (hosts == null) {
            hosts = UnitHosts.on(testbed.bed(), MongodBinaries.find().orElseThrow());
            store.put(UnitHosts.class, hosts);
        }
    }

    UnitHosts hosts() {
        return requireNonNull(hosts);
    }

    BedNode node(String name) {
        return testbed.bed().node(name);
    }
}
