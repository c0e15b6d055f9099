"""Users' stories, walked through one house that is open as long as they last: a package, so that it closes with them."""
