package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneContext;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.clone.PostgresCloning;
import java.util.List;
import java.util.function.Function;

/** Opens clones as clusters with Patroni, by the same parts as any other, so that a rehearsal runs the same steps. */
final class CloneOpener {
    private static final List<String> API_ACCESS = List.of("user", "password", "tls");

    private final PostgresEngine source;
    private final PostgresCloning.Opener opener;

    CloneOpener(PostgresEngine source, PostgresCloning.Opener opener) {
        this.source = source;
        this.opener = opener;
    }

    PostgresEngine open(CloneSite site, CloneNote note) {
        Params spec = spec(site, note);
        ClusterRef reference = new ClusterRef("postgres", source.name() + "-" + note.id(), spec);
        return opener.open(
                spec.with("engine", reference.engine()).with("name", reference.name()),
                new CloneContext(
                        reference, source.context(), (settings, shells) -> packages(site, note, settings, shells)));
    }

    private Params spec(CloneSite site, CloneNote note) {
        Params of = source.reference().spec();
        Params patroni =
                Params.of("scope", "gds-clone-" + note.id(), "apiPort", note.apiPort(), "unit", site.patroniUnit());
        Params access = of.object("patroni");
        for (String key : API_ACCESS) {
            Object value = access.asMap().get(key);
            if (value != null) {
                patroni = patroni.with(key, value);
            }
        }
        return Params.of("environment", "clone", "connection", of.object("connection"))
                .with("shell", of.object("shell").with("user", note.account()))
                .with("packages", versions(site))
                .with(
                        "members",
                        List.of(Params.of("name", CloneSite.MEMBER, "host", site.host(), "port", note.serverPort())))
                .with("patroni", patroni);
    }

    /** Versions that lie side by side can be used where they are; others are put together for the clone. */
    private Params versions(CloneSite site) {
        Params of = source.reference().spec().object("packages");
        return isSideBySide(of)
                ? of.with("link", site.current())
                : Params.of("type", "directories", "root", site.versions(), "link", site.current());
    }

    static boolean isSideBySide(Params packages) {
        return packages.string("type").equals("directories");
    }

    private PackageManager packages(
            CloneSite site, CloneNote note, Params settings, Function<String, HostShell> shells) {
        EngineContext context = source.context();
        PackageManager versions = context.packages(settings, shells);
        Params of = source.reference().spec().object("packages");
        if (isSideBySide(of)) {
            return versions;
        }
        Params installed = of.has("program") ? of : of.with("program", note.programs() + "/postgres");
        return new UnpackedPackages(
                site, note, shells.apply(CloneSite.MEMBER), context.packages(installed, shells), versions);
    }
}
