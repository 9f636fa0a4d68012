package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.InstallerFile;
import java.util.List;
import java.util.Optional;

/**
 * Where packages lie, as their hosts see it.
 *
 * @param root where relative folders of a mapping begin; empty when none is named
 */
record PackagePaths(Optional<String> root) {
    /** A package's path; empty when its folder is relative and there is nothing that it could be relative to. */
    Optional<String> of(InstallerFile file) {
        String folder = file.path().replace('/', '\\');
        if (file.isUnc()) {
            return Optional.of(joined(folder, file.filename()));
        }
        return root.map(r -> joined(joined(r, folder), file.filename()));
    }

    /** The packages of some entries that have no path. */
    List<InstallerFile> homeless(List<Hotfix> hotfixes) {
        return hotfixes.stream()
                .flatMap(h -> h.files().stream())
                .filter(f -> of(f).isEmpty())
                .toList();
    }

    private static String joined(String folder, String name) {
        String trimmed = folder.replaceAll("\\\\+$", "");
        return trimmed.isEmpty() ? name : name.isEmpty() ? trimmed : trimmed + "\\" + name;
    }
}
