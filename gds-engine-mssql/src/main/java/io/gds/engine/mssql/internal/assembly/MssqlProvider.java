package io.gds.engine.mssql.internal.assembly;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.HistoryView;
import io.gds.database.spi.Procedure;
import io.gds.database.spi.SpecFields;
import io.gds.database.spi.StepHandler;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.admin.FleetSurface;
import io.gds.engine.mssql.internal.admin.OneInstance;
import io.gds.engine.mssql.internal.clone.CloneActions;
import io.gds.engine.mssql.internal.clone.CloneTestProcedure;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.config.PackageSpec;
import io.gds.engine.mssql.internal.hotfix.HotfixActions;
import io.gds.engine.mssql.internal.hotfix.HotfixHistory;
import io.gds.engine.mssql.internal.hotfix.HotfixProcedure;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import io.gds.engine.mssql.internal.steps.GroupActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entry of this plugin. */
public final class MssqlProvider implements EngineProvider<MssqlEngine> {
    /** For ServiceLoader. */
    public MssqlProvider() {}

    @Override
    public String id() {
        return "mssql";
    }

    /** What the files of targets and of the mapping hold takes the place of their names. */
    @Override
    public Params complete(Params spec, Path directory) {
        return SpecFiles.of(directory).in(spec);
    }

    @Override
    public List<Problem> check(Params spec) {
        List<Problem> problems = new ArrayList<>(MssqlSpec.check(spec));
        // A second reading of the same fields: what the first one said of them is not said again.
        SpecFields.of(spec, new ArrayList<>())
                .optionalObject("packages")
                .filter(p -> p.values().get(PackageSpec.MAPPING) instanceof Map)
                .flatMap(p -> mapping(spec, problems))
                .ifPresent(m -> MappingReader.check(m, problems));
        return problems;
    }

    private static Optional<SpecFields> mapping(Params spec, List<Problem> problems) {
        return SpecFields.of(spec, problems)
                .optionalObject("packages")
                .flatMap(p -> p.optionalObject(PackageSpec.MAPPING));
    }

    @Override
    public MssqlEngine open(Params spec, EngineContext context) {
        MssqlSpec read = MssqlSpec.of(spec);
        if (read.isGrouped()) {
            return GroupCluster.open(read, context);
        }
        return OneInstance.isMeantBy(read)
                ? OneInstance.open(read, context)
                : new MssqlEngine(read, context, FleetSurface::new);
    }

    @Override
    public Collection<? extends StepHandler<MssqlEngine>> handlers() {
        List<StepHandler<MssqlEngine>> all = new ArrayList<>(HotfixActions.handlers());
        all.addAll(GroupActions.handlers());
        all.addAll(CloneActions.handlers());
        return List.copyOf(all);
    }

    @Override
    public Collection<HistoryView> historyViews() {
        return HotfixHistory.views();
    }

    @Override
    public Collection<? extends Procedure<MssqlEngine, ?>> procedures() {
        return List.of(new HotfixProcedure(), new CloneTestProcedure());
    }
}
