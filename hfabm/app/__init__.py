"""The app in the browser: watch a place, design a reform, compare, open studies, see what it all rests on."""
