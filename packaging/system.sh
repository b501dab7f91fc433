#!/bin/sh
# Installs the system libraries Qt needs, through apt when root; otherwise names those that are missing.
set -eu
[ "$(uname -s)" = Linux ] || exit 0
libraries="libglib-2.0.so.0:libglib2.0-0 libGL.so.1:libgl1 libEGL.so.1:libegl1 libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0"
if [ -n "${DISPLAY:-}" ]; then
  libraries="$libraries libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-render-util.so.0:libxcb-render-util0 libxkbcommon-x11.so.0:libxkbcommon-x11-0"
fi
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
missing=""
for pair in $libraries; do
  case "$known" in *"${pair%%:*} "*) ;; *) missing="$missing ${pair#*:}" ;; esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Dayuan needs these system packages; please install them first:$missing" >&2
  exit 1
fi
