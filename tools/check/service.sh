# shellcheck shell=bash
# What image-check and kubernetes-check ask of a service, at $url with the administrator's $key, by files in $work. They
# have `set -euo pipefail`.

fail() {
    echo "error: $1" >&2
    exit 1
}

# An administrator's key that nobody else has.
new_key() {
    echo "sk-$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')"
}

# A call of the API; what is no success ends the check with the answer.
call() {
    local status
    status=$(curl -sS -o "$work/answer" -w '%{http_code}' -H "Authorization: Bearer $key" "$@") || fail "No answer: $*"
    case "$status" in
        2??) cat "$work/answer" ;;
        *) fail "$status for $*: $(cat "$work/answer")" ;;
    esac
}

# The first value of a name in a document on one line; null is left out.
value() {
    sed -nE "s/^[^\n]*\"$1\": ?\"([^\"]*)\".*/\1/p" | head -n 1
}

# Has a job of so many epochs begun, and sets $job.
begin_job() {
    local file number
    {
        echo text,label
        for number in 1 2 3 4 5 6 7 8; do
            echo "I would watch it again and so would film club $number.,positive"
            echo "Two hours that hall $number will not get back.,negative"
        done
    } >"$work/train.csv"
    file=$(call "$url/v1/files" -F purpose=fine-tune -F "file=@$work/train.csv" | value id)
    job=$(call "$url/v1/fine_tuning/jobs" -H 'Content-Type: application/json' -d '{"model": "bge-small-en-v1.5",
        "training_file": "'"$file"'", "suffix": "check",
        "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": '"$1"', "max_length": 32}}}}' |
        value id)
}

# Waits until the job has a status, within so many seconds; its document is in $work/job.
await_job() {
    local status begin=$SECONDS
    while :; do
        status=$(call "$url/v1/fine_tuning/jobs/$job" | tee "$work/job" | value status)
        [ "$status" != "$1" ] || return 0
        case "$status" in
            succeeded | failed | cancelled) fail "The job: $(cat "$work/job")" ;;
        esac
        [ $((SECONDS - begin)) -lt "$2" ] || fail "The job did not get as far as $1: $(cat "$work/job")"
        sleep 0.5
    done
}

# What the job's model says to a text.
classify() {
    call "$url/v1/models/$(value fine_tuned_model <"$work/job")/classify" -H 'Content-Type: application/json' \
        -d '{"text": "I would watch it again."}'
}
