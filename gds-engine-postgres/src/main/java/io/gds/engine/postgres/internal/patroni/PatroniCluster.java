package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PatroniSpec;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.control.SyncNames;
import io.gds.engine.postgres.internal.patroni.api.ApiAccess;
import io.gds.engine.postgres.internal.patroni.api.ApiTarget;
import io.gds.engine.postgres.internal.patroni.api.PatroniApi;
import io.gds.engine.postgres.internal.patroni.api.PatroniApis;
import io.gds.engine.postgres.internal.patroni.api.TlsFiles;
import io.gds.engine.postgres.internal.patroni.node.PatroniNode;
import io.gds.engine.postgres.internal.patroni.node.PatroniNodes;
import io.gds.engine.postgres.internal.patroni.node.PatroniTags;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What belongs to a cluster because Patroni runs it: its REST interfaces and what was found on its hosts. Thread-safe. */
public final class PatroniCluster implements AutoCloseable {
    private final PostgresEngine engine;
    private final PatroniSpec spec;
    private final PatroniNodes nodes;
    private final PatroniApis apis;

    /** The Patroni side of a cluster. */
    public PatroniCluster(PostgresEngine engine, PatroniSpec spec) {
        this.engine = engine;
        this.spec = spec;
        this.nodes = new PatroniNodes(engine::shell, spec.unit());
        List<ApiTarget> targets =
                engine.spec().members().stream().map(m -> target(m, spec)).toList();
        this.apis = new PatroniApis(targets, access(spec, engine.context().secrets()));
    }

    /**
     * The Patroni side of an engine.
     *
     * @throws GdsDatabaseException with code {@code PG-NO-PATRONI} for a cluster without
     */
    public static PatroniCluster of(PostgresEngine engine) {
        return engine.part(PatroniCluster.class).orElseThrow(() -> GdsDatabaseException.user("PG-NO-PATRONI")
                .message("cluster " + engine.name() + " has no patroni in its spec.")
                .remedy("open the cluster with the spec that the plan was made from.")
                .build());
    }

    private static ApiTarget target(MemberSpec m, PatroniSpec spec) {
        String host = m.address().host();
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String scheme = spec.tls().isPresent() ? "https" : "http";
        return new ApiTarget(m.name(), URI.create(scheme + "://" + bracketed + ":" + spec.apiPort()));
    }

    private static ApiAccess access(PatroniSpec spec, Secrets secrets) {
        ApiAccess access = ApiAccess.OPEN;
        if (spec.login().isPresent()) {
            PatroniSpec.Login login = spec.login().get();
            access = access.withLogin(login.user(), secrets.resolve(login.password()));
        }
        if (spec.tls().isEmpty()) {
            return access;
        }
        PatroniSpec.Tls tls = spec.tls().get();
        Optional<TlsFiles.Client> client = tls.cert()
                .map(cert -> new TlsFiles.Client(
                        Path.of(cert),
                        Path.of(tls.key().orElseThrow()),
                        tls.keyPassword().map(secrets::resolve)));
        return access.withTls(new TlsFiles(tls.ca().map(Path::of), client));
    }

    /** The settings of the spec. */
    PatroniSpec spec() {
        return spec;
    }

    /** The REST interfaces. */
    PatroniApis apis() {
        return apis;
    }

    /** The REST interface of one member. */
    PatroniApi api(String member) {
        return apis.member(member);
    }

    /** Patroni as it was found on the host of a member. */
    PatroniNode node(String member) {
        return nodes.of(member);
    }

    /** Patroni on the host of a member, with the tags that its file has now. */
    PatroniNode freshNode(String member) {
        return nodes.fresh(member);
    }

    /** The tags of a member, in its file. */
    PatroniTags tags(String member) {
        return new PatroniTags(engine.shell(member), node(member));
    }

    /** The unit that runs a member. */
    UnitControl unit(String member) {
        return new UnitControl(engine.shell(member), node(member));
    }

    /** Whether commits on a primary wait for standbys, by whoever's choice. */
    boolean commitsWait(String primary) {
        return SyncNames.parse(new Settings(engine).inForce(primary, "synchronous_standby_names"))
                        .needed()
                > 0;
    }

    /** Whether Patroni itself chooses the synchronous standbys. */
    boolean choosesSyncStandbys() {
        Params config = apis.config();
        return isOn(config, "synchronous_mode");
    }

    /** Whether commits hang when there is no synchronous standby left. */
    boolean isStrict() {
        return isOn(apis.config(), "synchronous_mode_strict");
    }

    private static boolean isOn(Params config, String key) {
        return config.has(key)
                && List.of("true", "on", "quorum", "yes", "1")
                        .contains(String.valueOf(config.asMap().get(key)).toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void close() {
        apis.close();
    }
}
