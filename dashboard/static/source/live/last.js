window.DATELINE.show = show;
