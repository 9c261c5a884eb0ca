package org.selfdiff.fuzz.seed;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small annotation files of every format. */
public final class AnnotationSeeds {
    private AnnotationSeeds() {}

    private static byte[] json(final String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** GeoJSON as of QuPath, and its other shapes. */
    public static Map<String, byte[]> geoJson() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(
                "polygon",
                json("{'type':'FeatureCollection','features':[{'type':'Feature','id':'PathAnnotationObject','geometry':"
                        + "{'type':'Polygon','coordinates':[[[0,0],[9,0],[9,9.5],[0,9],[0,0]],[[2,2],[4,2],[4,4],[2,4],[2,2]]]},"
                        + "'properties':{'objectType':'annotation','name':'a','classification':{'name':'Tumor',"
                        + "'color':[200,0,0]}}}]}"));
        all.put(
                "multi",
                json(
                        "[{'type':'Feature','geometry':{'type':'MultiPolygon','coordinates':[[[[0,0],[5,0],[5,5],[0,0]]],"
                                + "[[[6,6],[9,6],[9,9],[6,6]]]]},'properties':{'classification':{'names':['Gland','Benign']}}}]"));
        all.put(
                "collection",
                json(
                        "{'type':'GeometryCollection','geometries':[{'type':'Point','coordinates':[1,2]},{'type':'LineString',"
                                + "'coordinates':[[0,0],[1e3,-1.5]]},{'type':'Polygon','coordinates':[[[0,0],[5,5],[0,5],[5,0]]]}]}"));
        return all;
    }

    /** COCO with polygons, runs and packed runs. */
    public static Map<String, byte[]> coco() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final String shape : new String[] {
            "[[0,0,4,0,4,4],[1,0,3,0,3,3.5,1,3.5]]",
            "{'size':[4,5],'counts':[1,2,1,4,4,8]}",
            "{'size':[4,5],'counts':'1122O01N20M'}"
        }) {
            all.put(
                    "shape" + all.size(),
                    json(
                            "{'images':[{'id':8,'file_name':'data/slide.png','width':5,'height':4}],'annotations':[{'id':1,"
                                    + "'image_id':8,'category_id':3,'bbox':[0,0,1,1],'iscrowd':0,'segmentation':"
                                    + shape
                                    + "}],'categories':[{'id':3,'name':'Cell','supercategory':''}]}"));
        }
        return all;
    }

    /** XML of ASAP and of Aperio ImageScope. */
    public static Map<String, byte[]> xml() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        final StringBuilder asap = new StringBuilder("<?xml version='1.0'?><ASAP_Annotations><Annotations>");
        for (final String type : new String[] {"Spline", "Polygon", "Rectangle", "Dot"}) {
            asap.append("<Annotation Name='a' Type='")
                    .append(type)
                    .append("' PartOfGroup='Tumor' Color='#F4FA58'><Coordinates>");
            for (int i = 0; i < (type.equals("Dot") ? 1 : 4); i++) {
                asap.append("<Coordinate Order='").append(i).append("' X='").append(i == 1 || i == 2 ? 9.5 : 1);
                asap.append("' Y='").append(i > 1 ? 9 : 1).append("'/>");
            }
            asap.append("</Coordinates></Annotation>");
        }
        all.put(
                "asap",
                json(asap + "</Annotations><AnnotationGroups><Group Name='Tumor' PartOfGroup='None' Color='#00ff00'>"
                        + "<Attributes/></Group></AnnotationGroups></ASAP_Annotations>"));
        final StringBuilder scope = new StringBuilder("<Annotations MicronsPerPixel='0.252'><Annotation Id='1' Name='' "
                + "Type='4'><Attributes><Attribute Name='Description' Id='0' Value='Necrosis'/></Attributes><Regions>"
                + "<RegionAttributeHeaders/>");
        for (int type = 0; type <= 3; type++) {
            scope.append("<Region Id='").append(type).append("' Type='").append(type);
            scope.append("' NegativeROA='").append(type / 3).append("' Text=''><Vertices><Vertex X='0' Y='0' Z='0'/>");
            scope.append("<Vertex X='9' Y='0.5'/><Vertex X='9' Y='9'/><Vertex X='0' Y='8'/></Vertices></Region>");
        }
        all.put("imagescope", json(scope + "</Regions></Annotation></Annotations>"));
        return all;
    }
}
