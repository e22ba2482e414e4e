"""A small made-up town: four schools in two districts, teachers and parents."""

from pathlib import Path

from survey.samples.tables import SourceFile

UNITS = """unit,parent,name,type
S1,North,First school,primary
S2,North,Second school,primary
S3,South,Third school,middle
S4,South,Fourth school,middle
"""
ITEMS = """audience,construct,item,option,score
teacher,respect,q1,1,10
teacher,respect,q1,2,5
teacher,respect,q1,3,0
teacher,respect,q1,4,
teacher,respect,q2,1,10
teacher,respect,q2,2,0
parent,respect,q1,1,10
parent,respect,q1,2,0
"""
COUNTS = """unit,audience,item,option,count
S1,teacher,q1,1,3
S1,teacher,q1,2,3
S1,teacher,q1,4,1
S1,teacher,q2,2,3
S1,teacher,q2,1,3
S1,parent,q1,1,9
S1,parent,q1,2,3
S2,teacher,q1,3,5
S2,teacher,q2,2,5
S2,parent,q1,2,12
S3,teacher,q1,1,7
S3,teacher,q2,1,7
S3,parent,q1,1,11
"""
NYC = Path(__file__).parents[3] / "shared" / "data" / "nyc2011"


def source(name: str, text: str | bytes) -> SourceFile:
    """Return a file as the import sees it."""
    return SourceFile(name, text if isinstance(text, bytes) else text.encode())
