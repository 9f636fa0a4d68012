package io.gds.database.testkit;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.OperationResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the fake, outside of any run. */
final class FakeConfigAdmin implements ConfigAdmin {
    private final FakeCluster cluster;

    FakeConfigAdmin(FakeCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<ConfigSetting> settings() {
        return cluster.settings().entrySet().stream()
                .map(e -> new ConfigSetting(
                        e.getKey(), e.getValue(), "fake", ConfigSetting.TakesEffect.IMMEDIATELY, false))
                .toList();
    }

    @Override
    public Optional<ConfigSetting> setting(String name) {
        return settings().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    @Override
    public OperationResult set(String name, String value) {
        boolean changed = !cluster.setting(name).equals(value);
        cluster.work().set(name, value, null, Hands.nobody());
        return new OperationResult("set " + name, changed, "takes effect at once", Duration.ZERO);
    }

    @Override
    public OperationResult reset(String name) {
        return set(name, "");
    }
}
