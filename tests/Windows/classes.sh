# The client's and the commands' xunit projects in Wine. run.sh sources it.
# A whole project in one process ends in Wine sooner or later, so each class has a process of its own.

# Publishing for Windows changes lock files, so it is done in a copy.
publish_tests() {
    local source=$work/source project
    mkdir "$source"
    git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from - --ignore-failed-read | tar --extract --directory "$source"
    dotnet build "$source/src/IotCard" --verbosity quiet -nologo -clp:ErrorsOnly -p:RunAnalyzers=false
    for project in IotCard.Client.Tests IotCard.Tests; do
        dotnet publish "$source/tests/$project" --configuration Release --runtime win-x64 --self-contained -p:RunAnalyzers=false \
            --output "$work/$project" --verbosity quiet -nologo -clp:ErrorsOnly
    done
}

# Runs one class, and prints its counts and its failures. Wine's own end is tried again.
run_class() {
    local project=$1 class=$2 report=$work/report.xml attempt ok bad left
    for attempt in 1 2 3; do
        rm -f "$report"
        (cd "$work/$project" && run_windows 120 "$project.exe" -noLogo -class "$class" "${left_out[@]}" -result-xml "$(windows_path "$report")") >"$work/console" 2>&1 || true
        [ -s "$report" ] && break
        end_windows
    done
    if [ ! -s "$report" ]; then
        echo "$class did not run to its end:"
        plain <"$work/console" | tail -n 3
        failed=$((failed + 1))
        return
    fi
    plain <"$work/console" | grep -A 4 '\[FAIL\]' || true
    ok=$(count passed "$report") bad=$(count failed "$report") left=$(count skipped "$report")
    echo "$class: $ok, $bad failed, $left skipped"
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
}

count() {
    grep -o '<assembly .*' "$2" | head -n 1 | sed "s/.* $1=\"\([0-9]*\)\".*/\1/"
}

run_classes() {
    local project class option value only=("$@")
    export DOTNET_TieredCompilation=0
    passed=0 failed=0 skipped=0 left_out=()
    while read -r option value; do
        left_out+=("$option" "$value")
    done < <(
        sed '/^#/d; /^$/d' tests/Windows/not-in-wine.txt
        git ls-files -z --cached --others --exclude-standard 'tests/IotCard.Client.Tests/*.cs' 'tests/IotCard.Tests/*.cs' | xargs -0 awk -f tests/Windows/skipping.awk
    )
    publish_tests
    for project in IotCard.Client.Tests IotCard.Tests; do
        (cd "$work/$project" && run_windows 120 "$project.exe" -list classes -noLogo "${left_out[@]}") | plain | grep '^IotCard\.' | sort >"$work/classes" || true
        [ -s "$work/classes" ] || { echo "$project lists no class." >&2; return 1; }
        while read -r class; do
            [ ${#only[@]} = 0 ] || [[ " ${only[*]} " == *" ${class##*.} "* ]] || continue
            run_class "$project" "$class"
        done <"$work/classes"
    done
    "$wine" --version
    echo "windows-tests: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
