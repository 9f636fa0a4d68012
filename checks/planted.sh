#!/usr/bin/env bash
# Proves that each checker of the build still bites: plants one violation at a time in a copy of the tracked tree, and
# expects the build to fail for that reason, in that checker's own words. JAVA_HOME chooses the JDK.
#   checks/planted.sh            all cases
#   checks/planted.sh NULLAWAY   only the cases whose name contains the word (any case)
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
only=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
caught=0
missed=0

# The published module that violations are planted in, and a package of its own there, exported so that Javadoc sees it.
api=gds-database-api
src=$api/src/main/java
planted=$src/io/gds/planted

fresh() { # a clean copy of the tracked files, as they are in the working tree
    rm -rf "$work/tree" && mkdir "$work/tree"
    (cd "$root" && git ls-files -z --cached | xargs -0 ls -d 2>/dev/null | tar -cf - -T -) | tar -xf - -C "$work/tree"
    cd "$work/tree" || exit 2
}

class() { # class FILE-DIRECTORY NAME < body
    mkdir -p "$1" && cat >"$1/$2.java"
}

build() { mvn -B -ntp "$@" >"$work/log" 2>&1; }

report() { # report NAME CAUGHT|MISSED [WHY]
    printf '%-28s %s\n' "$1" "$2${3:+: $3}"
}

wanted() { [[ -z $only || ${1,,} == *"${only,,}"* ]]; }

script() { "$@" >"$work/log" 2>&1; }

expect() { # expect NAME WORDS MAVEN-ARGUMENTS...: the build must fail and say WORDS (a fixed string)
    expect_of build "$@"
}

expect_of() { # expect_of build|script NAME WORDS ARGUMENTS...
    local how=$1 name=$2 words=$3
    shift 3
    if "$how" "$@"; then
        report "$name" MISSED "the $how passed"
    elif ! grep -qF -- "$words" "$work/log"; then
        report "$name" MISSED "the $how failed, but not with \"$words\":"
        grep -E '^\[ERROR\]' "$work/log" | head -20
        [ "$how" = build ] || tail -5 "$work/log"
    else
        report "$name" caught
        caught=$((caught + 1))
        return
    fi
    missed=$((missed + 1))
}

expect_too() { # expect_too NAME WORDS: what failed last must say WORDS as well
    if grep -qF -- "$2" "$work/log"; then
        report "$1" caught
        caught=$((caught + 1))
    else
        report "$1" MISSED "the last failure does not say \"$2\""
        missed=$((missed + 1))
    fi
}

# Only the checker in question runs, so that no other one hides a miss.
compile=(-pl "$api" compile -Dspotless.check.skip -Denforcer.skip)
javadoc=(-pl "$api" package -DskipTests -Dspotless.check.skip -Denforcer.skip -Dmaven.source.skip -Dcyclonedx.skip)
architecture=(-pl checks -am verify -Dfast -Denforcer.skip -Dtest=ArchitectureTest -Dsurefire.failIfNoSpecifiedTests=false)

# Control: without a violation the same commands pass; otherwise a catch below would mean nothing.
if [[ -z $only ]]; then
    fresh
    for command in "validate" "${compile[*]}" "${javadoc[*]}" "${architecture[*]}"; do
        # shellcheck disable=SC2086 # the words are Maven's arguments
        if ! build $command; then
            echo "control: mvn $command fails without a planted violation:"
            grep -E '^\[ERROR\]' "$work/log" | head -20
            exit 1
        fi
    done
    report control passed
fi

if wanted archunit; then
    # One build for both, in the tree that the control built last: only the engine is compiled again, and what uses it. Both
    # lie in its own sources: that needs no dependency in its pom, and the rules go by package.
    [[ -z $only ]] || fresh
    engine=gds-engine-postgres/src/main/java/io/gds
    class "$engine/database/core" Planted <<'J'
package io.gds.database.core;

/** Planted. */
public final class Planted {
    private Planted() {}

    public static void use() {}
}
J
    class "$engine/engine/postgres" UsesCore <<'J'
package io.gds.engine.postgres;

/** Planted. */
public final class UsesCore {
    private UsesCore() {}

    public static void use() {
        io.gds.database.core.Planted.use();
    }
}
J
    class "$engine/engine/postgres" ReadsClock <<'J'
package io.gds.engine.postgres;

/** Planted. */
public final class ReadsClock {
    private ReadsClock() {}

    public static Object when() {
        java.util.function.Supplier<java.time.Instant> now = java.time.Instant::now;
        return now;
    }
}
J
    expect archunit-engine-core "because the postgres engine never sees core" "${architecture[@]}"
    expect_too archunit-clock "time comes from an injected Clock"
fi

# The scripts' check has no Maven to start; its control is the first thing each time.
ps1=gds-engine-mssql/src/main/resources/io/gds/engine/mssql/internal/windows
if wanted powershell; then
    fresh
    if script checks/powershell.sh; then
        report powershell-control passed
    else
        report powershell-control MISSED "it fails without a planted violation:"
        tail -5 "$work/log"
        missed=$((missed + 1))
    fi
    sed -i '$d' "$ps1/summary.ps1" && echo 'if ($text) { Write-Answer @{ there = $true }' >>"$ps1/summary.ps1"
    last=$(wc -l <"$ps1/summary.ps1")
    expect_of script powershell-grammar "summary.ps1:$last:45: MISSING expected \"}\"" checks/powershell.sh
    fresh
    echo 'Invoke-Expression $text' >>"$ps1/summary.ps1"
    expect_of script powershell-style "Invoke-Expression: text that comes from elsewhere is never run" checks/powershell.sh
    fresh
    rm "$ps1"/*.ps1
    expect_of script powershell-none "no *.ps1 found: nothing was checked" checks/powershell.sh
fi

if wanted spotless; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;
public final class Planted { private Planted( ) { } }
J
    expect spotless "The following files had format violations" -pl "$api" validate
fi

if wanted javac-lint; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

/** Planted. */
public final class Planted {
    private Planted() {}

    static int size(java.util.List raw) {
        return raw.size();
    }
}
J
    # -Dfast: without Error Prone, so that only -Werror can turn this warning of javac into a failure.
    expect javac-lint "found raw type: java.util.List" "${compile[@]}" -Dfast
fi

if wanted errorprone-error; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

/** Planted. */
public final class Planted {
    private Planted() {}

    static void forgetsToThrow() {
        new IllegalStateException("never thrown");
    }
}
J
    expect errorprone-error "[DeadException]" "${compile[@]}"
fi

if wanted errorprone-warning; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

/** Planted. */
public final class Planted {
    private Planted() {}

    static boolean same(Integer left, Integer right) {
        return left == right;
    }

    static String text(byte[] bytes) {
        return new String(bytes);
    }
}
J
    expect errorprone-warning "[DefaultCharset]" "${compile[@]}"
fi

if wanted errorprone-in-tests; then
    fresh
    class "$api/src/test/java/io/gds/planted" PlantedTest <<'J'
package io.gds.planted;

final class PlantedTest {
    static void forgetsToThrow() {
        new IllegalStateException("never thrown");
    }
}
J
    expect errorprone-in-tests "[DeadException]" -pl "$api" test-compile -Dspotless.check.skip -Denforcer.skip
fi

if wanted nullaway; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

import org.jspecify.annotations.NullMarked;

/** Planted. */
@NullMarked
public final class Planted {
    private Planted() {}

    static String name() {
        return null;
    }
}
J
    expect nullaway "[NullAway] returning @Nullable expression" "${compile[@]}"
fi

if wanted nullaway-jspecify; then # nullness inside type arguments, which only JSpecify mode reads
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Planted. */
@NullMarked
public final class Planted {
    private Planted() {}

    static List<String> names(List<@Nullable String> perhaps) {
        return perhaps;
    }
}
J
    expect nullaway-jspecify "[NullAway]" "${compile[@]}"
fi

if wanted enforcer-convergence; then
    fresh
    # Both bring byte-buddy, each its own version.
    mkdir planted && cat >planted/pom.xml <<'X'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>io.gds</groupId>
    <artifactId>gds-database-parent</artifactId>
    <version>PARENT</version>
  </parent>
  <artifactId>planted</artifactId>
  <dependencies>
    <dependency>
      <groupId>org.assertj</groupId>
      <artifactId>assertj-core</artifactId>
    </dependency>
    <dependency>
      <groupId>org.mockito</groupId>
      <artifactId>mockito-core</artifactId>
      <version>5.10.0</version>
    </dependency>
  </dependencies>
</project>
X
    version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -1)
    sed -i "s/PARENT/$version/" planted/pom.xml
    expect enforcer-convergence "DependencyConvergence failed" -f planted/pom.xml validate
fi

if wanted javadoc; then
    fresh
    class "$planted" Planted <<'J'
package io.gds.planted;

/** Points to {@link NoSuchType}. */
public final class Planted {
    private Planted() {}
}
J
    sed -i 's/^}/    exports io.gds.planted;\n}/' "$src/module-info.java"
    expect javadoc "reference not found" "${javadoc[@]}"
fi

echo "planted: $caught caught, $missed missed"
[[ $missed -eq 0 && $caught -gt 0 ]]
